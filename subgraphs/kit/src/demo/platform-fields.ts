/**
 * What is put on every record the same way: the platform fields, and the sender's key.
 * @see standard/exchange.md 3, 4
 */
import type { PlatformCode, Province } from '@hub/schema';

import { dateStamp, stamp, type WallClock } from './wall-clock.ts';

/** When a record happened, and its position in its story: the same however much of that has happened. */
export interface Place {
  readonly at: WallClock;
  readonly ordinal: number;
}

/** @returns Wire fields that say which platform sent the record, and when. */
export function platformFields(province: Province, platform: PlatformCode, { at, ordinal }: Place): Readonly<Record<string, string>> {
  return {
    PLATFORM_CODE: platform.platform,
    PUB_SERVICE_PLAT_CODE: province.servicePlatform.platform,
    // Sent some minutes after it happened.
    DATA_TIMESTAMP: stamp(at + 60 + ((ordinal * 37) % 540)),
    TRADE_PLAT: platform.tradePlat,
    PUB_SERVICE_PLAT: province.servicePlatform.tradePlat,
  };
}

/**
 * @param region - Six digits of the system's home.
 * @param number - Four digits of the dataset.
 * @returns 4 digits of the system, 4 of the dataset, the day, and a serial: the form of one province's keys.
 */
export function senderKey(region: string, number: string, { at, serial }: { readonly at: WallClock; readonly serial: string }): string {
  return `${region.slice(2)}${number}${dateStamp(at)}${serial}`;
}
