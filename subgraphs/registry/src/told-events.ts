/**
 * What of a system’s history everybody may read: when it came, published a version, left, came back. Where it listens, who did
 * it with which key, and what became of keys, is told to itself and to operators alone, by the control interface.
 * @see schema/contracts/registry.graphql «SystemEvent»
 */

/** A line of the history, the oldest first. */
export interface EventRow {
  readonly at: Date | string;
  readonly what: string;
  /** In force since; null when the line does not say. */
  readonly version: number | null;
  readonly reason: string | null;
}

/** A line as the graph tells it. */
export interface ToldEvent {
  readonly at: string;
  readonly what: string;
  readonly version: number | null;
  readonly reason: string | null;
}

/** @returns The lines, the newest first; one that published what was in force already is none. */
export function toldEvents(rows: readonly EventRow[], print: (at: Date | string) => string): readonly ToldEvent[] {
  const told: ToldEvent[] = [];
  let version: number | null = null;
  let published = false;
  for (const row of rows) {
    const next: number | null = row.version ?? version;
    const moved = row.what === 'PUBLISHED' && published && next === version;
    version = next;
    if (row.what === 'PUBLISHED' || row.what === 'ROLLED_BACK') published = true;
    const what = row.what === 'SEEDED' ? 'REGISTERED' : row.what;
    if (!moved) told.push({ at: print(row.at), what, version, reason: row.reason === '' ? null : row.reason });
  }
  return told.toReversed();
}
