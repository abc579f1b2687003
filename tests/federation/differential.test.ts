/**
 * P6: any query gives the same answer as one unpartitioned server that holds the union. The server knows nothing of the kit's
 * SQL or of the gateway's merge; what they share is the law's reading of a wire value. @see design/partitioning.md «Properties»
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type Reply, ask } from '../support/ask.ts';
import { comparable } from '../support/comparable.ts';
import { type Federation, startFederation } from '../support/federation.ts';
import { generatedProvince } from '../support/generated-province.ts';
import { at } from '../support/parse-json.ts';
import { type GeneratedQuery, generateQuery } from '../support/query/generate-query.ts';
import { type Level, levels } from '../support/query/law-schema.ts';
import { recordFigures } from '../support/results.ts';
import { generatedMs, sizeOf } from '../support/sizes.ts';
import { isAskedOfTrades, registers, trades } from '../support/trades.ts';
import type { Union } from '../support/union/union.ts';

const each = sizeOf({ test: 12, prove: 60 });
const figures: Record<string, number> = {};
let federation: Federation;
let union: Union;

beforeAll(async () => {
  // One of the systems has nothing but the board, and one holds the registers.
  const contracts = new Map<string, readonly string[]>([
    ['s03', ['board']],
    ['s04', registers],
  ]);
  const province = generatedProvince(5, ({ code }) => ({ contracts: contracts.get(code) ?? trades }));
  federation = await startFederation({ province, records: { each, seed: 11 } });
  union = await federation.union();
});
afterAll(async () => {
  await recordFigures('p6-differential', figures);
  await federation[Symbol.asyncDispose]();
});

type Asks = (question: { readonly query: string; readonly variables: Readonly<Record<string, unknown>> }) => Promise<Reply>;

/** What two servers are compared by. */
interface Case {
  readonly seed: number;
  readonly generated: GeneratedQuery;
  readonly one: Asks;
  readonly other: Asks;
}

/** What was compared: answers, those of them without an error, and their length. */
interface Compared {
  readonly asked: number;
  readonly answered: number;
  readonly characters: number;
}

/** Compares the answers, and those to the next pages of every list; each server's cursors are its own. */
async function expectEqual({ seed, generated, one, other }: Case): Promise<Compared> {
  const { query, variables, lists } = generated;
  let [asked, answered, characters] = [0, 0, 0];
  let [oneVariables, otherVariables] = [variables, variables];
  for (let more = true; more && asked < 3;) {
    const [given, expected] = await Promise.all([one({ query, variables: oneVariables }), other({ query, variables: otherVariables })]);
    expect({ seed, query, variables: oneVariables, ...comparable(given) }).toEqual({
      seed,
      query,
      variables: oneVariables,
      ...comparable(expected),
    });
    // Also the order of keys: it is the client's.
    expect(JSON.stringify(comparable(given))).toBe(JSON.stringify(comparable(expected)));
    oneVariables = placed(given, oneVariables, lists);
    otherVariables = placed(expected, otherVariables, lists);
    asked += 1;
    answered += expected.errors.length === 0 ? 1 : 0;
    characters += expected.text.length;
    more = lists.length > 0 && expected.errors.length === 0;
  }
  return { asked, answered, characters };
}

/** The variables of the next pages; a list that is at its end stays there. */
function placed({ data }: Reply, variables: GeneratedQuery['variables'], lists: GeneratedQuery['lists']): GeneratedQuery['variables'] {
  return {
    ...variables,
    ...Object.fromEntries(lists.map(({ variable, path }) => [variable, at(data, ...path) ?? variables[variable] ?? null])),
  };
}

/** A system answers for itself: it has no registry, knows code and name of a system, and gives its groups in no order. */
function servedBySystem(type: string, field: string): boolean {
  if (type === 'Query') return !/^_|^systems?$|Statistics$/.test(field);
  return type !== 'System' || field === 'code' || field === 'name';
}

describe('P6, the union', () => {
  test.each([
    { level: 'PUBLIC', runs: sizeOf({ test: 40, prove: 3000 }) },
    { level: 'GOVERNMENT', runs: sizeOf({ test: 20, prove: 1000 }) },
    { level: 'RESTRICTED', runs: sizeOf({ test: 40, prove: 4000 }) },
  ] as const)(
    'any query of a caller who may see what is $level gives the same answer through the hub',
    { timeout: generatedMs },
    async ({ level, runs }) => {
      let [asked, answered, characters] = [0, 0, 0];
      for (let seed = 0; seed < runs; seed++) {
        const generated = generateQuery(levels.indexOf(level) * 1_000_000 + seed, {
          schema: federation.law,
          union,
          level,
          allows: (type, field) => type !== 'Query' || !field.startsWith('_'),
        });
        const hub: Asks = (question) => federation.ask({ ...question, level: level satisfies Level });
        const counted = await expectEqual({ seed, generated, one: hub, other: (question) => federation.askUnion(question) });
        asked += counted.asked;
        answered += counted.answered;
        characters += counted.characters;
      }
      // Equal silence would prove nothing.
      expect(answered).toBeGreaterThan(asked * 0.8);
      expect(characters).toBeGreaterThan(asked * 200);
      Object.assign(figures, { [`queries${level}`]: runs, [`answers${level}`]: asked, [`characters${level}`]: characters });
      expect(federation.events.filter(({ kind }) => kind === 'answer-invalid' || kind === 'fault')).toEqual([]);
    },
  );

  test(
    'any query of one system’s own endpoint gives the same answer as a server that holds its records',
    { timeout: generatedMs },
    async () => {
      const runs = sizeOf({ test: 120, prove: 4000 });
      let asked = 0;
      const [system] = federation.systems;
      if (system === undefined) throw new Error('no system');
      const own = await federation.union([system.system.code]);
      federation.unionServer.replace(own);
      for (let seed = 0; seed < runs; seed++) {
        const generated = generateQuery(7_000_000 + seed, {
          schema: federation.law,
          union: own,
          level: 'RESTRICTED',
          allows: (type, field) => isAskedOfTrades(type, field) && servedBySystem(type, field),
        });
        const counted = await expectEqual({
          seed,
          generated,
          one: (question) => ask(system.url, { ...question, system: system.system.code }),
          other: (question) => federation.askUnion(question),
        });
        asked += counted.asked;
      }
      federation.unionServer.replace(union);
      expect(asked).toBeGreaterThan(runs);
      figures['queriesOfOneSystem'] = runs;
    },
  );
});
