/**
 * What a check tells of one entry of a mapping, or of one file of a folder.
 * @see subgraphs/bridge/README.md «检查 · Check»
 */
import type { RowFinding } from '../run/count.ts';

import type { CheckFinding } from './check-finding.ts';

/** How a wire field is filled. */
export interface FieldUse {
  readonly code: string;
  /** Chinese name in the contract; empty when there is none. */
  readonly title: string;
  readonly from: readonly string[];
  /** Sample rows that had a value. */
  readonly filled: number;
}

/** What a check found of one entry. */
export interface EntryCheck {
  readonly entry: string;
  readonly dataset: string;
  readonly title: string;
  readonly from: string;
  readonly fields: readonly FieldUse[];
  readonly findings: readonly CheckFinding[];
  readonly rows: { readonly read: number; readonly good: number; readonly warned: number; readonly refused: number };
  readonly rowFindings: readonly RowFinding[];
}
