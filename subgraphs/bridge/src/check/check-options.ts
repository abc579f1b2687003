/**
 * What a check is made with.
 * @see subgraphs/bridge/README.md «检查 · Check»
 */
import type { CodeLists, SystemRow } from '@hub/schema';

import type { Mapping } from '../mapping/mapping.ts';
import type { Environment } from '../read/open-reader.ts';

/** What a check needs. */
export interface CheckOptions {
  readonly mapping: Mapping;
  readonly system: SystemRow;
  readonly codes: CodeLists;
  readonly env: Environment;
  readonly nowMs: () => number;
  /** Folder of the mapping file, which a source's path is relative to. */
  readonly home: string;
  /** Rows of each entry, or messages of each file, that are looked at. */
  readonly sampleRows: number;
}
