/**
 * A journal in memory, as strict as the real one: positions without a gap, each once, and a page of another epoch only by a snapshot.
 */
import type { HarvestedRange, Harvested, HarvestJournal, NotedFault } from '../harvest/harvest-journal.ts';
import { isUnusable, type TakenEntry, type TakenPage } from '../journal/taken-page.ts';

/** What became of one position: the content hash, or the rule by which it was refused. */
export type Journaled = readonly [epoch: string, position: number, became: string];

/** The journal, and what a test asks of it. */
export interface MemoryJournal extends HarvestJournal {
  /** Of one system, by position. */
  journaled(system: string): readonly Journaled[];
  /** Faults of one system, as they were noted; `well` when it was. */
  readonly noted: Map<string, (NotedFault | 'well')[]>;
  /** Every page handed on. */
  readonly pages: TakenPage[];
  /** Awaited before a page is taken. */
  before: (page: TakenPage) => Promise<void> | void;
}

const unheard: Harvested = { epoch: null, position: 0, snapshot: 0, cursor: null };

/** An empty one. */
export function memoryJournal(): MemoryJournal {
  const sources = new Map<string, Harvested>();
  const rows = new Map<string, Journaled[]>();
  const noted: MemoryJournal['noted'] = new Map();
  const pages: TakenPage[] = [];
  const note = (system: string, what: NotedFault | 'well'): void => void noted.set(system, [...(noted.get(system) ?? []), what]);
  const journal: MemoryJournal = {
    noted,
    pages,
    before: () => {},
    journaled: (system) => rows.get(system) ?? [],
    read(system) {
      const last = noted.get(system)?.at(-1);
      const known = sources.get(system);
      if (last === undefined || last === 'well') return Promise.resolve(known);
      return Promise.resolve({ ...(known ?? unheard), retryAt: new Date(last.retryAtMs).toISOString() });
    },
    hashes({ system, epoch, from, to }: HarvestedRange) {
      const found = (rows.get(system) ?? []).filter(([of, position]) => of === epoch && position >= from && position <= to);
      return Promise.resolve(new Map(found.map(([, position, became]) => [position, became.length === 64 ? became : ''])));
    },
    fault: (system, fault) => Promise.resolve(note(system, fault)),
    well: (system) => Promise.resolve(note(system, 'well')),
    async take(page) {
      await journal.before(page);
      const { system, epoch, scanned, entries, cursor, snapshot } = page;
      const known = sources.get(system) ?? unheard;
      const begins = known.epoch !== epoch;
      if (begins && known.epoch !== null && snapshot === null) throw new Error(`${system}: another epoch without a snapshot`);
      const position = begins ? 0 : known.position;
      if (scanned.from > position + 1) throw new Error(`${system}: ${scanned.from} after ${position}`);
      const fresh = entries.filter((entry) => entry.position > position);
      if (snapshot === null && fresh.length !== Math.max(0, scanned.to - position)) throw new Error(`${system}: positions are missing`);
      pages.push(page);
      rows.set(system, [...(rows.get(system) ?? []), ...fresh.map((entry): Journaled => [epoch, entry.position, became(entry)])]);
      const taken = Math.max(position, scanned.to);
      sources.set(system, { epoch, position: taken, snapshot: begins ? (snapshot ?? 0) : known.snapshot, cursor });
      return { position: taken, accepted: fresh.length, refused: 0, waiting: 0 };
    },
  };
  return journal;
}

function became(entry: TakenEntry): string {
  return isUnusable(entry) ? entry.violation.rule : entry.hash;
}
