/**
 * ORIGINAL or COPY, decided by the holder alone: a system holds the original of what its own declared platform codes
 * registered. One operator's code may stand for several systems, so both codes of the pair must be its own. A system that
 * declares none, a shared register, is where its records belong: they are originals, whoever sent them.
 * @see design/partitioning.md «Counting once»
 */
import { type SystemRow, type WireFields, wireValue } from '@hub/schema';

/** @returns COPY when the record names a platform and the system declares others as its own. */
export function originOf({ platformCodes }: Pick<SystemRow, 'platformCodes'>, wire: WireFields): 'ORIGINAL' | 'COPY' {
  const platform = wireValue(wire, 'PLATFORM_CODE')?.toUpperCase();
  const tradePlat = wireValue(wire, 'TRADE_PLAT')?.toUpperCase();
  if (platform === undefined || platformCodes.length === 0) return 'ORIGINAL';
  const own = platformCodes.some(
    (code) => code.platform.toUpperCase() === platform && (tradePlat === undefined || code.tradePlat.toUpperCase() === tradePlat),
  );
  return own ? 'ORIGINAL' : 'COPY';
}
