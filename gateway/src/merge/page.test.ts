import { compareKeys, encodeRecordId, type SortKey } from '@hub/schema';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { isOrderly, type Keyed, mergePage, type Page, placeOf, type Position, start } from './page.ts';

type Row = Keyed;
type Table = Readonly<Record<string, readonly Row[]>>;
type State = 'up' | 'away' | 'withdrawn';
type Step = { readonly size: number; readonly states: Readonly<Record<string, State>> };

const systems = ['aa', 'bb', 'cc', 'dd'] as const;
const compare = compareKeys({ kind: 'bytes', descending: false });

const table: fc.Arbitrary<Table> = fc
  .record(
    Object.fromEntries(
      systems.map((system) => [system, fc.array(fc.option(fc.constantFrom('1', '2', '3', '（', '𠮷')), { maxLength: 8 })]),
    ),
  )
  .map((values) => Object.fromEntries(Object.entries(values).map(([system, sorts]) => [system, rowsOf(system, sorts)])));

const step: fc.Arbitrary<Step> = fc.record({
  size: fc.integer({ min: 1, max: 5 }),
  states: fc.record(
    Object.fromEntries(
      systems.map((system) => [
        system,
        fc.oneof(
          { weight: 4, arbitrary: fc.constant<State>('up') },
          { weight: 3, arbitrary: fc.constant<State>('away') },
          { weight: 1, arbitrary: fc.constant<State>('withdrawn') },
        ),
      ]),
    ),
  ),
});

const healed: Step = { size: 3, states: {} };

function rowsOf(system: string, sorts: readonly (string | null)[]): readonly Row[] {
  const keys = sorts.map((sort, index): SortKey => [sort, encodeRecordId({ system, type: 'Work', key: String(index) })]);
  return keys.toSorted(compare).map((key) => ({ key }));
}

/** What a system answers: one row more than the page, after its place. */
function answersOf(rows: Table, { size, states }: Step, placeFor: (system: string) => SortKey | undefined): Map<string, readonly Row[]> {
  const up = systems.filter((system) => (states[system] ?? 'up') === 'up');
  return new Map(
    up.map((system) => {
      const place = placeFor(system);
      const after = (rows[system] ?? []).filter(({ key }) => place === undefined || compare(key, place) > 0);
      return [system, after.slice(0, size + 1)];
    }),
  );
}

function nextPage(rows: Table, position: Position, current: Step): Page<Row> | undefined {
  const answers = answersOf(rows, current, (system) => placeOf(position, system));
  if (answers.size === 0) return undefined;
  const inState = (state: State) => systems.filter((system) => current.states[system] === state);
  return mergePage({ position, size: current.size, answers, away: inState('away'), withdrawn: inState('withdrawn'), compare });
}

/** Reads through the schedule, then on until the end with every system up. */
function readAll(
  rows: Table,
  schedule: readonly Step[],
  onPage: (page: Page<Row>, before: Position, current: Step) => void,
): readonly Row[] {
  const delivered: Row[] = [];
  let position = start;
  for (let index = 0; index < 1000; index++) {
    const current = schedule[index] ?? healed;
    const page = nextPage(rows, position, current);
    if (page === undefined) continue;
    onPage(page, position, current);
    delivered.push(...page.edges.map(({ row }) => row));
    position = page.end;
    if (!page.hasNextPage && index >= schedule.length) return delivered;
  }
  throw new Error('reading does not end');
}

const idsOf = (rows: readonly Row[]): readonly string[] => rows.map(({ key }) => key[1]).toSorted();
const allOf = (rows: Table): readonly Row[] => Object.values(rows).flat();
const schedules = fc.array(step, { maxLength: 12 });

describe('partitioning.md «Page»', () => {
  test('P1: every row is delivered exactly once under any schedule of outages that heals', () => {
    fc.assert(
      fc.property(table, schedules, (rows, schedule) => {
        expect(idsOf(readAll(rows, schedule, () => {}))).toEqual(idsOf(allOf(rows)));
      }),
      { numRuns: 3000 },
    );
  });

  test('P1 from the cursor of any edge, not only from the end of a page', () => {
    fc.assert(
      fc.property(table, schedules, fc.nat(), (rows, schedule, choice) => {
        const positions: { readonly position: Position; readonly delivered: readonly Row[] }[] = [];
        const delivered: Row[] = [];
        readAll(rows, schedule, (page) => {
          for (const { row, position } of page.edges) {
            delivered.push(row);
            positions.push({ position, delivered: [...delivered] });
          }
        });
        const chosen = positions[choice % Math.max(1, positions.length)];
        if (chosen === undefined) return;
        const rest: Row[] = [];
        let { position } = chosen;
        for (let page = nextPage(rows, position, healed); page !== undefined; page = nextPage(rows, position, healed)) {
          rest.push(...page.edges.map(({ row }) => row));
          position = page.end;
          if (!page.hasNextPage) break;
        }
        expect(idsOf([...chosen.delivered, ...rest])).toEqual(idsOf(allOf(rows)));
      }),
      { numRuns: 2000 },
    );
  });

  test('the plain merge with the last key as cursor loses rows in the same harness', () => {
    const plain = (rows: Table, schedule: readonly Step[]): readonly Row[] => {
      const delivered: Row[] = [];
      let last: SortKey | undefined;
      for (const current of [...schedule, ...allOf(rows).map(() => healed)]) {
        const answers = answersOf(rows, current, () => last);
        const page = [...answers.values()]
          .flat()
          .toSorted((a, b) => compare(a.key, b.key))
          .slice(0, current.size);
        delivered.push(...page);
        last = page.at(-1)?.key ?? last;
      }
      return delivered;
    };
    const outcome = fc.check(
      fc.property(table, schedules, (rows, schedule) => {
        expect(idsOf(plain(rows, schedule))).toEqual(idsOf(allOf(rows)));
      }),
      { numRuns: 3000 },
    );
    expect(outcome.failed).toBe(true);
  });

  test('P2: without outages the order is that of one sorted table, and nothing is late', () => {
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 5 }), (rows, size) => {
        const late: boolean[] = [];
        const steps = allOf(rows).map((): Step => ({ size, states: {} }));
        const read = readAll(rows, steps, (page) => late.push(...page.edges.map((edge) => edge.late)));
        expect(read).toEqual(allOf(rows).toSorted((a, b) => compare(a.key, b.key)));
        expect(late).not.toContain(true);
      }),
    );
  });

  test('I1–I4 hold after every page', () => {
    fc.assert(
      fc.property(table, schedules, (rows, schedule) => {
        const delivered = new Set<string>();
        const broken: string[] = [];
        const claim = (invariant: string, holds: boolean): void => void (holds || broken.push(invariant));
        let lastFresh: SortKey | undefined;
        readAll(rows, schedule, (page, before, current) => {
          const owing = [...answersOf(rows, current, (system) => placeOf(before, system)).values()].some((list) => list.length > 0);
          claim('I4', !owing || page.edges.length > 0);
          for (const { row, late } of page.edges) {
            delivered.add(row.key[1]);
            if (late) continue;
            claim('I3', lastFresh === undefined || compare(lastFresh, row.key) < 0);
            lastFresh = row.key;
          }
          const { main, lag } = page.end;
          for (const key of lag.values()) claim('I2', key === undefined || (main !== undefined && compare(key, main) <= 0));
          for (const system of systems) {
            const place = placeOf(page.end, system);
            const told = (rows[system] ?? []).filter(({ key }) => place !== undefined && compare(key, place) <= 0);
            const got = (rows[system] ?? []).filter(({ key }) => delivered.has(key[1]));
            claim('I1', idsOf(told).join() === idsOf(got).join());
          }
        });
        expect(broken).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  test('a withdrawn system does not hold hasNextPage, an away one does', () => {
    const rows = { aa: rowsOf('aa', ['1']), bb: rowsOf('bb', ['2']), cc: [], dd: [] };
    const answers = new Map([['aa', rows.aa]]);
    const page = (away: string[], withdrawn: string[]) => mergePage({ position: start, size: 5, answers, away, withdrawn, compare });
    expect(page([], ['bb']).hasNextPage).toBe(false);
    expect(page(['bb'], []).hasNextPage).toBe(true);
  });

  test('a joining system is in step: rows before the reader are not brought up', () => {
    const main: SortKey = ['2', 'x'];
    const rows = rowsOf('aa', ['3']);
    const page = mergePage({
      position: { main, lag: new Map() },
      size: 5,
      answers: new Map([['aa', rows]]),
      away: [],
      withdrawn: [],
      compare,
    });
    expect(page.edges.map(({ late, system }) => ({ late, system }))).toEqual([{ late: false, system: 'aa' }]);
  });

  test.each([
    [
      'rows that do not rise',
      [
        ['2', 'a'],
        ['1', 'b'],
      ],
      undefined,
    ],
    [
      'the same row twice',
      [
        ['1', 'a'],
        ['1', 'a'],
      ],
      undefined,
    ],
    ['a row at the place itself', [['1', 'a']], ['1', 'a']],
    [
      'nulls before values',
      [
        [null, 'a'],
        ['1', 'b'],
      ],
      undefined,
    ],
  ] as const)('is not orderly: %s', (_name, keys, after) => {
    expect(
      isOrderly(
        keys.map((key) => ({ key })),
        after,
        compare,
      ),
    ).toBe(false);
  });
});
