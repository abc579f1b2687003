/**
 * A row with an address that this gateway must not reach spoils no other row: its system is not asked, and counts as missing.
 * @see schema/PROTOCOL.md 11
 */
import { type Reach, systemUrlFaults } from '@hub/kit/process';

import type { GatewayEvent } from '../events.ts';
import type { SystemRow } from './table.ts';

/** @returns The rows, those with a forbidden address as if withdrawn; each of them is reported. */
export function askable(
  rows: readonly SystemRow[],
  { reach, report }: { readonly reach: Reach; readonly report: (event: GatewayEvent) => void },
): readonly SystemRow[] {
  return rows.map((row) => {
    const faults = row.state === 'published' ? systemUrlFaults(row.url, reach) : [];
    if (faults.length === 0) return row;
    report({ kind: 'address-refused', system: row.code, why: faults.map(({ en }) => en).join('; ') });
    return { ...row, state: 'withdrawn' };
  });
}
