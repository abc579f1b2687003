/**
 * Identifiers of the demonstration: right check characters, and nobody's. Organisation codes begin with DEM, identity-card
 * numbers name a region that does not exist.
 * @see standard/identifiers.md
 */
import { creditCodeCheck, dealCodeCheck, idCardCheck, orgCodeCheck } from '@hub/schema';

import type { Random } from './random.ts';
import { dateStamp, type WallClock } from './wall-clock.ts';

/**
 * @param head - Registering department and kind of body: `91` a company, `12` a public institution, `11` an authority.
 * @param region - Six digits.
 * @param serial - Below 100,000; different for every body of one head and region.
 * @returns A 统一社会信用代码 whose both check characters are right.
 */
export function demoCreditCode(head: string, region: string, serial: number): string {
  const body = `DEM${String(serial).padStart(5, '0')}`;
  const first17 = `${head}${region}${body}${orgCodeCheck(body) ?? ''}`;
  return `${first17}${creditCodeCheck(first17) ?? ''}`;
}

/** @returns The 组织机构代码 inside a credit code, nine characters. */
export function orgCodeOf(creditCode: string): string {
  return creditCode.slice(8, 17);
}

/** @returns A 公民身份号码 of a region that is not in GB/T 2260, check character right. */
export function demoIdCard(province: string, birthday: WallClock, sequence: number): string {
  const first17 = `${province.slice(0, 2)}9900${dateStamp(birthday)}${String(sequence % 1000).padStart(3, '0')}`;
  return `${first17}${idCardCheck(first17) ?? ''}`;
}

/** @returns A 统一交易标识码 with hyphens and its check character. */
export function demoDealCode(dealClass: string, platform: string, at: { readonly day: WallClock; readonly serial: number }): string {
  const body = `${dealClass}-${platform}-${dateStamp(at.day)}-${String(at.serial).padStart(6, '0')}`;
  return `${body}-${dealCodeCheck(body) ?? ''}`;
}

/** @returns A GUID's form with nobody behind it. */
export function demoGuid(random: Random): string {
  return [8, 4, 4, 4, 12].map((length) => random.hex(length)).join('-');
}
