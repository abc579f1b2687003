/**
 * Versions of a record as the graph tells them, each with what it changed.
 * @see schema/contracts/exchange.graphql
 */
import { fieldChanges, type VersionRow } from './record-history.ts';
import { toldInstant, toldOp, toldViolations } from './told-entry.ts';

/** Versions told at once. */
const most = 100;

/** @param versions - The newest first. */
export function toldVersions(versions: readonly VersionRow[]) {
  return versions.slice(0, most).map((version) => toldVersion(version, versions));
}

/** @param versions - All that are known, the newest first, for the comparison with what was accepted before. */
export function toldVersion(version: VersionRow, versions: readonly VersionRow[]) {
  const before = versions.find((other) => other.state === 'ACCEPTED' && other.version < version.version);
  return {
    ...version,
    op: toldOp(version.op),
    violations: toldViolations(version.violations),
    receivedAt: toldInstant(version.receivedAt),
    harvestedAt: toldInstant(version.harvestedAt),
    decidedAt: toldInstant(version.decidedAt),
    changes: fieldChanges(version, before),
  };
}
