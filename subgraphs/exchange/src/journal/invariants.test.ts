/** @see design/feed.md 5 «Invariant» */
import { manualClock } from '@hub/kit/process';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type TestExchange, entryOf, lenientContracts, openTestExchange, pageOf, parentRules, withdrawalOf } from '../testing/index.ts';

import { releaseWaiting } from './release-waiting.ts';
import { takePage } from './take-page.ts';
import type { TakenEntry } from './taken-page.ts';

const clock = manualClock(Date.UTC(2026, 10, 1));
let exchange: TestExchange;
beforeAll(async () => {
  exchange = await openTestExchange({ contracts: lenientContracts(), rules: parentRules(), clock });
});
afterAll(() => exchange[Symbol.asyncDispose]());

const own = { source: { kind: 'SYSTEM' } } as const;

describe('Positions of a system', () => {
  test('are accepted, refused or waiting, each one of the three, whatever comes in whatever interleaving', async () => {
    const kind = fc.constantFrom('tender', 'section', 'withdrawal', 'unusable', 'nothing known');
    const change = fc.record({ kind, of: fc.integer({ min: 0, max: 2 }) });
    const act = fc.oneof(
      { weight: 4, arbitrary: fc.record({ take: fc.integer({ min: 1, max: 5 }), from: fc.integer({ min: 0, max: 3 }) }) },
      { weight: 2, arbitrary: fc.constant('release' as const) },
      { weight: 1, arbitrary: fc.constant('a day passes' as const) },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { minLength: 4, maxLength: 12 }),
        fc.array(act, { minLength: 4, maxLength: 10 }),
        async (changes, acts) => {
          const system = exchange.system();
          const entries = entriesOf(changes);
          let taken = 0;
          for (const one of acts) {
            if (one === 'release') await releaseWaiting(exchange.store);
            else if (one === 'a day passes') clock.advance(86_400_000);
            else {
              // A page may begin before what was taken, and two come at once.
              const from = Math.max(0, taken - one.from);
              const page = pageOf(system, entries.slice(from, taken + one.take));
              if (page.entries.length === 0) continue;
              await Promise.all([takePage(exchange.store, page), takePage(exchange.store, page)]);
              taken = Math.min(entries.length, taken + one.take);
            }
            expect(await soundness(system)).toEqual({
              positions: Array.from({ length: taken }, (_, index) => index + 1),
              position: taken,
              ...nothing,
            });
          }
        },
      ),
      { numRuns: 15 },
    );
  });
});

const nothing = { untold: 0, toldTooEarly: 0, forgotten: 0, leftOver: 0, overtaken: 0, miscounted: 0, misplaced: 0, codesOfNothing: 0 };

/** What is wrong with the journal of a system, in counts; and where it stands. */
async function soundness(system: string): Promise<object> {
  const states = await exchange.states(system);
  const [found] = await exchange.sql`select
    coalesce((select position::int from source where system = ${system}), 0) as position,
    (select count(*)::int from change c where c.system = ${system} and state = 'ACCEPTED'
      and (select count(*) from outbox o where o.change = c.id) <> 1) as "untold",
    (select count(*)::int from outbox o join change c on c.id = o.change where c.system = ${system} and state <> 'ACCEPTED') as "toldTooEarly",
    (select count(*)::int from change c where c.system = ${system} and state = 'WAITING'
      and not exists (select from waiting w where w.change = c.id)) as "forgotten",
    (select count(*)::int from waiting w join change c on c.id = w.change where c.system = ${system} and state <> 'WAITING') as "leftOver",
    (select count(*)::int from change c join outbox o on o.change = c.id
      join change e on e.system = c.system and e.dataset = c.dataset and e.key = c.key and e.version < c.version
      left join outbox p on p.change = e.id
      where c.system = ${system} and (e.state = 'WAITING' or p.id > o.id)) as "overtaken",
    (select count(*)::int from record r where r.system = ${system} and r.waiting <> (select count(*) from change c
      where c.system = r.system and c.dataset = r.dataset and c.key = r.key and c.state = 'WAITING')) as "miscounted",
    (select count(*)::int from record r where r.system = ${system} and r.change is distinct from (select max(c.id) from change c
      where c.system = r.system and c.dataset = r.dataset and c.key = r.key and c.state = 'ACCEPTED')) as "misplaced",
    (select count(*)::int from code k join record r using (system, dataset, key) where k.system = ${system} and r.op <> 'put') as "codesOfNothing"`;
  return { positions: states.map((line) => Number(line.split(' ')[0])), ...found };
}

function entriesOf(changes: readonly { readonly kind: string; readonly of: number }[]): readonly TakenEntry[] {
  const versions = new Map<string, number>();
  return changes.map(({ kind, of }, index): TakenEntry => {
    const position = index + 1;
    if (kind === 'unusable') return { position, raw: '{', violation: unreadable };
    const dataset = kind === 'tender' ? 'TENDER_PROJECT' : kind === 'nothing known' ? 'NOTHING' : 'SECTION';
    const key = `${dataset}-${of}`;
    const version = (versions.get(key) ?? 0) + 1;
    versions.set(key, version);
    const told = { ...own, dataset, key, position, version };
    if (kind === 'withdrawal') return withdrawalOf(told);
    const fields = kind === 'tender' ? { TENDER_PROJECT_CODE: `T${of}` } : { TENDER_PROJECT_CODE: `T${of}`, BID_SECTION_NAME: `${index}` };
    return entryOf({ ...told, fields });
  });
}

const unreadable = { rule: 'MESSAGE_UNREADABLE', severity: 'refusal', field: '', messageZh: '读不成', messageEn: 'unreadable' } as const;
