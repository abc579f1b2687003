/**
 * A value that not everybody may read, planted where it can be recognised again wherever it turns up.
 * @see design/graph.md «Who sees what»
 */
import type { Level } from '../../support/query/law-schema.ts';

/** Who may read a secret; a person's number among parties is shown to nobody. */
export type Reader = Level | 'NOBODY';

/** One planted value. */
export interface Secret {
  /** What is looked for. */
  readonly mark: string;
  /** `marks` are found inside any text, `leaves` only as a whole value: they are too short to be sure of otherwise. */
  readonly found: 'mark' | 'leaf';
  /** Where it was planted. */
  readonly at: string;
  readonly reader: Reader;
  /** From when it may be read, ms since 1970: 0 for what is not sealed, Infinity for what stays sealed. */
  readonly fromMs: number;
}

const readers: readonly Reader[] = ['PUBLIC', 'GOVERNMENT', 'RESTRICTED', 'NOBODY'];

/** Whether a caller of this level may read the secret at this time. */
export function mayRead({ reader, fromMs }: Secret, level: Level, nowMs: number): boolean {
  return readers.indexOf(reader) <= readers.indexOf(level) && fromMs <= nowMs;
}
