/**
 * Contracts are released: what breaks nothing that is used is in force at once, all else waits for a second person, one command
 * goes back, and systems are checked against what is in force.
 * @see subgraphs/registry/README.md «Changes of contracts»; subgraphs/registry/src/control/control.graphql
 */
import { lawTexts } from '@hub/schema';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { gatewayKey } from '../support/gateway-key.ts';
import { at, listAt } from '../support/parse-json.ts';
import { clock, endpoint, publish, sdlOf, startToyRegistry, type ToyRegistry } from '../support/toy-registry.ts';

const propose = `mutation ($input: ContractsInput!) { proposeContracts(input: $input) {
  release { number state needsApproval base proposedBy }
  check { passed identical needsApproval findings { code contract element } changes { code severity contract element system blocks usage { operations clients requests lastDay examples } } } } }`;
const approve = 'mutation ($number: Int!) { approveContracts(number: $number) { number state approvedBy } }';
const releases = '{ contractReleases { number state proposedBy approvedBy reason } }';

/** Few contracts, so that composing them takes no time. */
const kept = /@contract\(name: "(board|registry|sink)"/;
const few = lawTexts().contracts.filter((text) => kept.test(text));
const edited = (name: string, from: string, to: string): readonly string[] =>
  few.map((text) => (text.includes(`@contract(name: "${name}"`) ? text.replace(from, to) : text));
const withWeight = edited(
  'sink',
  '  "方法学编号"\n',
  '  "新增的一项"\n  novelty: String @wire(code: "NOVELTY", type: "C..50", national: false) @visibility(to: PUBLIC)\n  "方法学编号"\n',
);
const withoutIndex = edited(
  'sink',
  'code: "SINK_PROJECT_NO", type: "C..100", required: true, national: false) @visibility(to: PUBLIC) @indexed',
  'code: "SINK_PROJECT_NO", type: "C..100", required: true, national: false) @visibility(to: PUBLIC)',
);

let toy: ToyRegistry;
beforeAll(async () => void (toy = await startToyRegistry()));
afterAll(() => toy[Symbol.asyncDispose]());

/** Proposes as an operator. */
const proposed = async (contracts: readonly string[]): Promise<unknown> => {
  const { data, errors } = await toy.as('operator')(propose, { input: { contracts } });
  expect(errors).toEqual([]);
  return at(data, 'proposeContracts');
};
const changed = (proposal: unknown): readonly string[] =>
  listAt(proposal, 'check', 'changes').map(
    (change) => `${String(at(change, 'severity'))} ${String(at(change, 'code'))} ${String(at(change, 'element'))}`,
  );
const states = async (): Promise<readonly unknown[]> => {
  const { data } = await toy.as('operator')(releases);
  return listAt(data, 'contractReleases').map((release) => `${String(at(release, 'number'))} ${String(at(release, 'state'))}`);
};
const events = async (): Promise<readonly unknown[]> => {
  const { data } = await toy.as('operator')('{ history(first: 500) { what who detail } }');
  return listAt(data, 'history').flatMap((event) =>
    String(at(event, 'what')).startsWith('CONTRACTS') ? `${String(at(event, 'what'))} ${String(at(event, 'who'))}` : [],
  );
};

describe('Releases of contracts', () => {
  test('the first start sows the program’s law as release 1; proposing the same changes nothing', async () => {
    const { data } = await toy.as('xingcheng')('{ contracts { name version sdl release systems since } }');
    const board = listAt(data, 'contracts').find((contract) => at(contract, 'name') === 'board');
    expect(board).toMatchObject({
      release: 1,
      systems: expect.arrayContaining(['xingcheng']),
      sdl: expect.stringContaining('type Notice '),
    });
    expect(listAt(data, 'contracts').length).toBe(lawTexts().contracts.length);
    expect(await proposed(lawTexts().contracts)).toMatchObject({ release: null, check: { passed: true, identical: true, changes: [] } });
    expect([await states(), await events()]).toEqual([['1 IN_FORCE'], ['CONTRACTS_SEEDED registry']]);
  });

  test('what breaks only what nobody uses is in force at once, however much it is', { timeout: 60_000 }, async () => {
    const proposal = await proposed(few);
    expect(proposal).toMatchObject({
      release: { number: 2, state: 'IN_FORCE', needsApproval: false, base: 1 },
      check: { needsApproval: false },
    });
    expect(changed(proposal)).toEqual(
      expect.arrayContaining(['BREAKING CONTRACT_REMOVED construction', 'BREAKING TYPE_REMOVED TenderProject']),
    );
    expect(await states()).toEqual(['2 IN_FORCE', '1 EARLIER']);
  });

  test('systems are checked against the release in force', async () => {
    const input = { system: 'xingcheng', endpoint, contracts: ['board'], sdl: sdlOf('board') };
    expect(at((await toy.as('xingcheng')(publish, { input })).data, 'publishSystem', 'published')).toBe(true);
    const gone = await toy.as('toy-construction')(publish, {
      input: { system: 'toy-construction', endpoint, contracts: ['construction'], sdl: sdlOf('construction') },
    });
    expect(gone.errors[0]?.message).toContain('construction 不对');
  });

  test(
    'contracts that break the lints, or do not compose, are refused with every finding; nothing is kept',
    { timeout: 30_000 },
    async () => {
      const broken = await proposed(
        edited(
          'sink',
          'title: String @wire(code: "ANNOUNCEMENT_TITLE", type: "C..500", required: true, national: false) @visibility(to: PUBLIC)',
          'title: String @wire(code: "ANNOUNCEMENT_TITLE", type: "C..500", required: true, national: false)',
        ),
      );
      expect(broken).toMatchObject({
        release: null,
        check: {
          passed: false,
          findings: [
            { code: 'BOARD_FIELD_STRICTER', contract: 'sink' },
            { code: 'VISIBILITY_MISSING', contract: 'sink', element: 'SinkNotice.title' },
          ],
        },
      });
      const clashing = await proposed(edited('sink', 'schema @contract', 'schema @nonsense @contract'));
      expect(clashing).toMatchObject({ release: null, check: { passed: false } });
      expect(await states()).toEqual(['2 IN_FORCE', '1 EARLIER']);
    },
  );

  test('only operators propose; a system’s own check tells how much a thing is used, not by whom', { timeout: 30_000 }, async () => {
    expect((await toy.as('xingcheng')(propose, { input: { contracts: few } })).errors[0]?.code).toBe('FORBIDDEN');
    await used();
    const check =
      'mutation ($input: ContractsInput!) { checkContracts(input: $input) { needsApproval changes { code blocks usage { operations clients requests } } } }';
    const { data } = await toy.as('xingcheng')(check, { input: { contracts: withoutIndex } });
    expect(at(data, 'checkContracts')).toEqual({
      needsApproval: true,
      changes: [{ code: 'INPUT_FIELD_REMOVED', blocks: true, usage: { operations: 1, clients: [], requests: 7 } }],
    });
  });

  test('what breaks what is used waits for a second person: another name, another key', { timeout: 30_000 }, async () => {
    const proposal = await proposed(withoutIndex);
    expect(proposal).toMatchObject({ release: { number: 3, state: 'PROPOSED', needsApproval: true, base: 2, proposedBy: 'operator' } });
    expect(listAt(proposal, 'check', 'changes')).toEqual([
      {
        code: 'INPUT_FIELD_REMOVED',
        severity: 'BREAKING',
        contract: 'sink',
        element: 'SinkNoticeFilter.sinkNumber',
        system: null,
        blocks: true,
        usage: {
          operations: 1,
          clients: ['hall'],
          requests: 7,
          lastDay: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
          examples: [expect.stringContaining('sinkNotices')],
        },
      },
    ]);
    expect(await states()).toEqual(['3 PROPOSED', '2 IN_FORCE', '1 EARLIER']);
    for (const who of ['operator', 'xingcheng'] as const) {
      expect((await toy.as(who)(approve, { number: 3 })).errors[0]?.code).toBe('FORBIDDEN');
    }
    expect((await toy.as('second-operator')(approve, { number: 3 })).data).toEqual({
      approveContracts: { number: 3, state: 'IN_FORCE', approvedBy: 'second-operator' },
    });
    expect((await toy.as('second-operator')(approve, { number: 3 })).errors[0]?.message).toBe('契约发布 3 不在待批准之列（IN_FORCE）。');
  });

  test(
    'one command goes back, at once; what waited for the release that was left is to be proposed again',
    { timeout: 30_000 },
    async () => {
      const rollback = 'mutation ($number: Int) { rollbackContracts(number: $number, reason: "查询变慢") { number state } }';
      expect((await toy.as('xingcheng')(rollback)).errors[0]?.code).toBe('FORBIDDEN');
      expect((await toy.as('operator')(rollback)).data).toEqual({ rollbackContracts: { number: 2, state: 'IN_FORCE' } });
      expect(await proposed(withoutIndex)).toMatchObject({ release: { number: 4, state: 'PROPOSED' } });
      expect(await proposed(withoutIndex)).toMatchObject({ release: { number: 4, state: 'PROPOSED' } });
      expect((await toy.as('operator')(rollback, { number: 1 })).data).toEqual({ rollbackContracts: { number: 1, state: 'IN_FORCE' } });
      expect((await toy.as('second-operator')(approve, { number: 4 })).errors[0]?.message).toContain('重新提出');
      const reject = 'mutation { rejectContracts(number: 4, reason: "先不改") { number state reason } }';
      expect((await toy.as('second-operator')(reject)).data).toEqual({
        rejectContracts: { number: 4, state: 'REJECTED', reason: '先不改' },
      });
      expect((await toy.as('operator')(rollback, { number: 4 })).errors[0]?.message).toBe('没有曾经现行的契约发布 4 可以回到。');
      expect((await toy.as('operator')(rollback, { number: 2 })).errors).toEqual([]);
    },
  );

  test(
    'a published system that does not serve what is new is told; one that no longer fits takes a second person',
    { timeout: 30_000 },
    async () => {
      const input = { system: 'yuecheng', endpoint, contracts: ['sink'], sdl: sdlOf('sink') };
      expect(at((await toy.as('yuecheng')(publish, { input })).data, 'publishSystem', 'published')).toBe(true);
      const proposal = await proposed(withWeight);
      expect(changed(proposal)).toEqual(['DANGEROUS SYSTEM_BEHIND yuecheng', 'SAFE FIELD_ADDED SinkNotice.novelty']);
      expect(proposal).toMatchObject({ release: { number: 5, state: 'IN_FORCE' } });
      // From now on whoever publishes is asked for what is new.
      expect(at((await toy.as('yuecheng')(publish, { input })).data, 'publishSystem')).toMatchObject({
        published: false,
        findings: [{ code: 'FIELD_MISSING', element: 'SinkNotice.novelty' }],
      });
      const retyped = withWeight.map((text) => text.replace('  sinkNumber: String @wire', '  sinkNumber: String! @wire'));
      const lost = await proposed(retyped);
      expect(changed(lost)).toEqual(['BREAKING SYSTEM_LOST yuecheng', 'SAFE FIELD_NON_NULL SinkNotice.sinkNumber']);
      expect(lost).toMatchObject({ release: { number: 6, state: 'PROPOSED', needsApproval: true } });
      expect(await states()).toEqual(['6 PROPOSED', '5 IN_FORCE', '4 REJECTED', '3 EARLIER', '2 EARLIER', '1 EARLIER']);
      expect((await events()).slice(-4)).toEqual([
        'CONTRACTS_ROLLED_BACK operator',
        'CONTRACTS_PROPOSED operator',
        'CONTRACTS_IN_FORCE operator',
        'CONTRACTS_PROPOSED operator',
      ]);
    },
  );

  test('a system that stops serving a contract is told who asked for it', async () => {
    const input = { system: 'yuecheng', contracts: ['board'], sdl: sdlOf('board') };
    const { data } = await toy.as('yuecheng')(
      publish.replace('findings { code element }', 'findings { code severity element messageEn }'),
      { input },
    );
    expect(listAt(data, 'publishSystem', 'findings').filter((finding) => at(finding, 'code') === 'CONTRACT_DROPPED')).toEqual([
      {
        code: 'CONTRACT_DROPPED',
        severity: 'WARNING',
        element: 'sink',
        messageEn:
          'The contract sink is no longer served: this system goes from its answers; 1 operations of the last 30 days at least ask for it.',
      },
    ]);
  });
});

/** A gateway tells that the hall filters by the number of a sink project. */
async function used(): Promise<void> {
  const report = 'mutation ($operations: [OperationUse!]!) { reportUsage(run: "a-run-of-a-gateway", batch: 1, operations: $operations) }';
  const fields = ['Query.sinkNotices', 'Query.sinkNotices(filter:)', 'SinkNoticeFilter.sinkNumber', 'SinkNotice.title'];
  const counts = [{ hour: new Date(clock.nowMs()).toISOString(), client: 'hall', requests: 7, errors: 0 }];
  const text = '{ sinkNotices(filter: { sinkNumber: { } }) { nodes { title } } }';
  const { errors } = await toy.with('gateway', gatewayKey)(report, { operations: [{ text, fields, given: [], counts }] });
  expect(errors).toEqual([]);
}
