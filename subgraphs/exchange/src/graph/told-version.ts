/**
 * Versions of a record as the graph tells them, each with what it changed.
 * @see schema/contracts/exchange.graphql
 */
import type { ExchangeLaw } from '../store/exchange-law.ts';
import { fieldChanges, type VersionRow } from './record-history.ts';
import { toldInstant, toldOp } from './told-entry.ts';
import { violationsByReader } from './violations-by-reader.ts';

/** Versions told at once. */
const most = 100;

/** Of what the versions are. */
export interface OfDataset {
  readonly law: ExchangeLaw;
  readonly dataset: string;
}

/** @param versions - The newest first. */
export function toldVersions(of: OfDataset, versions: readonly VersionRow[]) {
  return versions.slice(0, most).map((version) => toldVersion(of, version, versions));
}

/** @param versions - All that are known, the newest first, for the comparison with what was accepted before. */
export function toldVersion({ law, dataset }: OfDataset, version: VersionRow, versions: readonly VersionRow[]) {
  const before = versions.find((other) => other.state === 'ACCEPTED' && other.version < version.version);
  return {
    ...version,
    op: toldOp(version.op),
    ...violationsByReader(law, dataset, version.violations),
    receivedAt: toldInstant(version.receivedAt),
    harvestedAt: toldInstant(version.harvestedAt),
    decidedAt: toldInstant(version.decidedAt),
    changes: fieldChanges(version, before),
  };
}
