/**
 * The one way into the journal: a page of a system's feed, in transactions of at most 250 changes. Each locks the system's turn,
 * compares positions, and writes changes, records, codes, what waits for what, the outbox, the receipt and the new cursor; so a
 * page that comes twice adds nothing and is answered with what became of it the first time.
 *
 * judge (no transaction) → begin → turn → source → records → changes … → receipt → source → commit → poke the sequencer
 * @see design/feed.md 3, 5 and 8
 */
import { sql } from 'kysely';

import { judgeEntries } from '../judge/judge-entries.ts';
import type { Judgement } from '../judge/judgement.ts';
import type { ExchangeStore } from '../store/open-store.ts';
import { lockSource } from '../store/source-state.ts';
import { systemLock } from '../store/system-lock.ts';

import { journalScope } from './journal-scope.ts';
import { moveSource } from './move-source.ts';
import { checkDense, placePage } from './place-page.ts';
import type { Taken, TakenEntry, TakenPage } from './taken-page.ts';
import { countTaken, writeChanges } from './write-changes.ts';

/** Changes of one transaction: it is to end within 200 ms, for it holds back the feed of the whole cluster. */
const mostAtOnce = 250;

/** Part of a page: one transaction. */
export interface PagePart {
  readonly page: TakenPage;
  readonly from: number;
  readonly to: number;
  readonly judgements: readonly Judgement[];
  /** Whether the page ends with it. */
  readonly last: boolean;
}

/**
 * Takes a page of a system's feed.
 * @returns Where the system stands, and how many of the page's changes were accepted, refused or wait: of a page that was taken
 * before, as it was decided then.
 * @throws HubError SYSTEM_FAILED when positions are missing in the page or before it; EPOCH_CHANGED when it is of another epoch
 * and does not begin with a snapshot.
 */
export async function takePage(store: ExchangeStore, page: TakenPage): Promise<Taken> {
  checkDense(page);
  let taken: Taken = { position: page.scanned.to, accepted: 0, refused: 0, waiting: 0 };
  for (const { entries, ...range } of partsOf(page)) {
    const judgements = await judgeEntries(
      store,
      page.system,
      entries.map((entry) => ({ entry, sinceMs: undefined })),
    );
    const part = await journal(store, { page, ...range, judgements });
    taken = {
      position: part.position,
      accepted: taken.accepted + part.accepted,
      refused: taken.refused + part.refused,
      waiting: taken.waiting + part.waiting,
    };
  }
  return taken;
}

interface Piece extends Omit<PagePart, 'page' | 'judgements'> {
  readonly entries: readonly TakenEntry[];
}

function* partsOf({ entries, scanned }: TakenPage): Generator<Piece> {
  let { from } = scanned;
  for (let start = 0; ; start += mostAtOnce) {
    const part = entries.slice(start, start + mostAtOnce);
    const last = start + mostAtOnce >= entries.length;
    const to = last ? scanned.to : (part.at(-1)?.position ?? scanned.to);
    yield { entries: part, from, to, last };
    if (last) return;
    from = to + 1;
  }
}

async function journal(store: ExchangeStore, part: PagePart): Promise<Taken> {
  const { system } = part.page;
  const taken = await store.db.transaction().execute(async (db) => {
    const scope = journalScope(db, store);
    const { run } = scope;
    await run('turn', () => sql`select ${systemLock(system)}`.execute(db));
    const source = await run('source', () => lockSource(db, system));
    const place = placePage(source, part);
    const written = place.repeats ? undefined : await writeChanges(scope, part, place);
    if (written !== undefined) await run('cursor', () => moveSource(db, part, place));
    // What was taken before is read.
    const counts = written !== undefined && place.after < part.from ? written : await countTaken(scope, part);
    await store.onStep('commit:before');
    return { position: place.position, ...counts };
  });
  store.onCommit();
  await store.onStep('commit:after');
  return taken;
}
