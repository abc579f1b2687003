/**
 * Nonsense, in every part of a request: the hub refuses it in its own words, tells nothing of how it is made, and goes on.
 * @see design/graph.md «Errors»
 */
import { once } from 'node:events';
import { connect } from 'node:net';

import { isErrorCode, law, plural, singular } from '@hub/schema';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { dice } from '../support/dice.ts';
import { sizeOf } from '../support/sizes.ts';
import { type Caller, allCallers, callerNamed } from './ask/callers.ts';
import { innardsIn } from './ask/judge.ts';
import { hostileValues, nonsense, randomBytes } from './ask/nonsense.ts';
import { datasetsByType } from './ask/probe.ts';
import { type Answered, type Sent, asking, errorCodesIn, requestOf } from './ask/send.ts';
import { type World, startWorld } from './plant/world.ts';

let world: World;
let callers: readonly Caller[];

beforeAll(async () => {
  [world, callers] = await Promise.all([startWorld({ systems: 2 }), allCallers()]);
});
// Ends with an error when anything failed inside a system.
afterAll(() => world[Symbol.asyncDispose]());

/** What is wrong with a refusal; undefined when nothing is. */
function faultOf(answer: Answered): string | undefined {
  const codes = errorCodesIn(answer);
  if (innardsIn(answer.text) !== undefined) return `tells how it is made: ${answer.text.slice(0, 300)}`;
  if (answer.status >= 500) return `${answer.status}: ${answer.text.slice(0, 300)}`;
  return codes.every((code) => isErrorCode(code) && code !== 'INTERNAL') ? undefined : `${codes.join()}: ${answer.text.slice(0, 300)}`;
}

const alive = async (): Promise<unknown> =>
  (await world.ask(requestOf({ query: '{ notices(first: 1) { totalCount } }', variables: {} }))).status;
const faults = (): unknown => world.federation.events.filter(({ kind }) => kind === 'fault');

describe('Nonsense is refused', () => {
  test.each(Object.entries(nonsense))('%s', async (_name, sent) => {
    const answer = await world.ask(sent);
    expect({ fault: faultOf(answer), refused: errorCodesIn(answer).length > 0 }).toEqual({ fault: undefined, refused: true });
    expect([await alive(), faults()]).toEqual([200, []]);
  });

  test('bytes of no form', async () => {
    for (let seed = 0; seed < sizeOf({ test: 40, prove: 2000 }); seed += 1) {
      const bytes = randomBytes(seed, 1 + (seed % 600));
      const answer = await world.ask({ method: 'POST', path: '/graphql', headers: { 'content-type': 'application/json' }, body: bytes });
      expect([seed, faultOf(answer), answer.status]).toEqual([seed, undefined, 400]);
    }
    expect(faults()).toEqual([]);
  });

  test('bytes where a request belongs', async () => {
    const { port } = world.federation.gateway;
    for (let seed = 0; seed < sizeOf({ test: 20, prove: 500 }); seed += 1) {
      expect(innardsIn(await rawly(port, randomBytes(seed, 200)))).toBeUndefined();
    }
    const requests = [
      'GET /graphql?query={notices{totalCount}} HTTP/1.1\r\n\r\n',
      'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      `GET /graphql HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(40_000)}\r\n\r\n`,
      'GET http://[/graphql HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
      'GET //graphql/../../etc/passwd HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
      'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"query":',
    ];
    for (const text of requests) expect(innardsIn(await rawly(port, text))).toBeUndefined();
    expect([await alive(), faults()]).toEqual([200, []]);
  });
});

describe('Values in other languages are values', () => {
  const operations = (value: string): readonly Sent[] => {
    const within = (query: string, variables: Readonly<Record<string, unknown>>): Sent => requestOf({ query, variables });
    return [
      within('query($v: String) { notices(first: 1, filter: { title: { text: $v } }) { totalCount } }', { v: value }),
      within('query($v: [String!]!) { notices(first: 1, filter: { lotCodes: { in: $v }, title: { in: $v } }) { totalCount } }', {
        v: [value],
      }),
      within('query($v: String) { notices(first: 1, filter: { region: { within: $v } }) { totalCount } }', { v: value }),
      within('query($v: DateTime) { notices(first: 1, filter: { publishedAt: { gte: $v } }) { totalCount } }', { v: value }),
      within('query($v: Date) { bidSections(first: 1, filter: { plannedStart: { lt: $v } }) { totalCount } }', { v: value }),
      within('query($v: Decimal) { deals(first: 1, filter: { price: { gte: $v } }) { totalCount } }', { v: value }),
      within('query($v: DealFilter) { dealStatistics(by: [MONTH], filter: $v) { groups { deals } } }', {
        v: { winners: { name: { text: value }, code: { in: value } } },
      }),
      within('query($v: String!) { tenderProjectByCode(code: $v) { id } }', { v: value }),
      within('query($v: ID!) { bid(id: $v) { id } notice(id: $v) { id } }', { v: value }),
      within('query($v: String) { notices(first: 1, after: $v) { totalCount } }', { v: value }),
      within('query($v: String!) { system(code: $v) { name } }', { v: value }),
      within(`{ notices(first: 1, filter: { title: { text: ${JSON.stringify(value)} } }) { totalCount } }`, {}),
    ];
  };

  test.each(hostileValues.map((value) => [JSON.stringify(value).slice(0, 40), value] as const))('%s', async (_shown, value) => {
    for (const sent of operations(value)) {
      const answer = await world.ask(sent);
      expect({ body: String(sent.body).slice(0, 200), fault: faultOf(answer) }).toEqual({
        body: String(sent.body).slice(0, 200),
        fault: undefined,
      });
    }
    expect(faults()).toEqual([]);
  });

  test('in every filter of every list, whatever type it wants', async () => {
    const throws = dice(7);
    const restricted = callerNamed(callers, 'restricted');
    for (const { type, fields } of datasetsByType().values()) {
      for (const { name } of fields.filter(({ indexed }) => indexed)) {
        const operand = throws.pick([
          { in: throws.pick(hostileValues) },
          { text: throws.pick(hostileValues) },
          { gte: throws.pick(hostileValues) },
          throws.pick(hostileValues),
          null,
          [],
          7,
          { name: { text: throws.pick(hostileValues) } },
        ]);
        const answer = await world.ask(
          requestOf({
            query: `query($f: ${type}Filter) { ${plural(type)}(first: 1, filter: $f) { totalCount } }`,
            variables: { f: { [name]: operand } },
          }),
          restricted,
        );
        expect({ type, name, operand, fault: faultOf(answer) }).toEqual({ type, name, operand, fault: undefined });
      }
    }
    expect(faults()).toEqual([]);
  });
});

describe('Systems hold their tongue too', () => {
  test('asked directly, with nonsense', async () => {
    for (const { url, system } of world.federation.systems) {
      const ask = asking(new URL(url).origin);
      const own = law().contracts.flatMap(({ contract }) => (system.contracts.includes(contract.name) ? contract.datasets : []));
      const { type = '' } = own.find(({ sealed }) => sealed !== undefined) ?? own[0] ?? {};
      for (const [name, sent] of Object.entries(nonsense)) {
        const answer = await ask(sent).catch(() => undefined);
        expect([name, answer === undefined ? undefined : innardsIn(answer.text)]).toEqual([name, undefined]);
      }
      for (const value of hostileValues) {
        const ids = await ask(requestOf({ query: `query($v: ID!) { ${singular(type)}(id: $v) { id } }`, variables: { v: value } }));
        const cursors = await ask(
          requestOf({
            query: `query($v: String) { ${plural(type)}(after: $v) { totalCount nodes { id } } }`,
            variables: { v: cursorOf(value) },
          }),
        );
        const entities = await ask(
          requestOf({
            query: 'query($v: [_Any!]!) { _entities(representations: $v) { __typename } }',
            variables: { v: [{ __typename: type, id: value }] },
          }),
        );
        expect([ids, cursors, entities].map(({ text }) => innardsIn(text))).toEqual([undefined, undefined, undefined]);
      }
    }
  });
});

describe('Faults are told to nobody but the log', () => {
  test('a table that is not as it should be', async () => {
    // Nothing failed until here; what is done to the world now is its end.
    expect(world.federation.faults).toEqual([]);
    const database = postgres(world.federation.databaseUrl, { max: 1, onnotice: () => {} });
    await database`alter table bid rename column wire to wire_gone`;
    await database.end();
    const [{ url } = { url: '' }] = world.federation.systems;
    const questions = [
      '{ bids(first: 5) { nodes { id projectManager } totalCount } }',
      `{ bid(id: "${world.ids.get('Bid')?.[0] ?? ''}") { submittedAt } }`,
      '{ bidSections(first: 9) { nodes { code bids { price { yuan } } } } }',
      '{ notices(first: 50) { nodes { record { ... on BidOpening { tenderProject { bids { id } } } } } } }',
    ];
    for (const query of questions) {
      for (const ask of [world.ask, asking(new URL(url).origin)]) {
        const answer = await ask(requestOf({ query, variables: {} }));
        expect({ query, told: innardsIn(answer.text), codes: errorCodesIn(answer).every(isErrorCode) }).toEqual({
          query,
          told: undefined,
          codes: true,
        });
        expect(answer.text).not.toContain('gone');
      }
    }
    expect(faults()).toEqual([]);
    // The systems did fail, and said so where it belongs.
    await expect(world[Symbol.asyncDispose]()).rejects.toThrow('systems failed inside');
  });
});

function cursorOf(value: string): string {
  return Buffer.from(JSON.stringify([value, 'x'])).toString('base64url');
}

/** Sends bytes to a port. @returns What comes back until the other side ends, or says nothing more. */
async function rawly(port: number, bytes: string | Uint8Array): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1' });
  socket.setTimeout(300, () => socket.destroy());
  let text = '';
  socket.on('data', (piece: Buffer) => void (text += piece.toString('latin1'))).on('error', () => socket.destroy());
  socket.end(bytes);
  await once(socket, 'close');
  return text;
}
