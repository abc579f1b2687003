/**
 * ORIGINAL or COPY, decided by the holder alone: a system holds the original of what its own declared platform codes
 * registered. One operator's code may stand for several systems, so both codes of the pair must be its own.
 * @see design/partitioning.md «Counting once»
 */
import type { SystemRow } from '@hub/schema';

/** @returns COPY when the record names a platform that is not the system's. */
export function originOf(system: SystemRow, wire: Readonly<Record<string, string>>): 'ORIGINAL' | 'COPY' {
  const platform = wire['PLATFORM_CODE']?.trim().toUpperCase();
  const tradePlat = wire['TRADE_PLAT']?.trim().toUpperCase();
  if (platform === undefined || platform === '') return 'ORIGINAL';
  const own = system.platformCodes.some(
    (code) =>
      code.platform === platform &&
      (tradePlat === undefined || tradePlat === '' || code.tradePlat === undefined || code.tradePlat.toUpperCase() === tradePlat),
  );
  return own ? 'ORIGINAL' : 'COPY';
}
