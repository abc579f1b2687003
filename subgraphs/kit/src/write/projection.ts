/**
 * What the board's rows are derived with: whose they are, in which store, and by which lists.
 * @see project-board.ts
 */
import type { CodeLists, SystemRow } from '@hub/schema';

import type { Store } from '../store/store.ts';

/** What a projection works with. */
export interface Projection {
  readonly store: Store;
  readonly system: SystemRow;
  /** Of a category the list tells the direction. */
  readonly codes: CodeLists;
  readonly receivedAt: string;
}
