/**
 * A province as data: its regions, its trading systems, its own labels of categories. Read from `schema/province/` or from
 * another folder of the same form; nothing else in the repository names a place.
 * @see design/architecture.md «Layout», «Words»
 */

import type { Direction } from '../contract.ts';

/** One province. */
export interface Province {
  /** GB/T 2260 code of the province itself. */
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  /** IANA name; all wire times are written in it. */
  readonly timeZone: string;
  /** The public service platform that the systems report to. */
  readonly servicePlatform: PlatformCode;
  readonly categories: readonly ProvinceCategory[];
  readonly regions: readonly RegionRow[];
  readonly systems: readonly SystemRow[];
}

/** How the province labels one of the hub's categories, or a category of its own. */
export interface ProvinceCategory {
  /** Code of the list `CATEGORY`; one that the hub's list does not have is added to it. */
  readonly code: string;
  readonly name: string;
  /** The letter the province itself publishes it under. */
  readonly published: string | undefined;
  /** Whether the public pays or is paid; of a category that the hub's list does not have. */
  readonly direction: Direction | undefined;
}

/** One code of GB/T 2260. */
export interface RegionRow {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string | undefined;
  /** Code of the region it lies in; undefined for the province. */
  readonly parent: string | undefined;
  /** Year in which the code was withdrawn: retired codes stay in old data. */
  readonly until: string | undefined;
  /** Not a place of its own but seen as a code (市辖区). */
  readonly pseudo: boolean;
}

/** One trading system: an endpoint that serves contracts, not a region. */
export interface SystemRow {
  /** Never renamed, never reused. */
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly owner: { readonly name: string; readonly creditCode: string | undefined };
  /** Home region, for display: no query is routed by it. */
  readonly region: string;
  /** What this system declares as its own: records registered by one of them are ORIGINALs here. */
  readonly platformCodes: readonly PlatformCode[];
  readonly contracts: readonly string[];
  /** ISO 8601 with zone. */
  readonly registeredAt: string;
  readonly state: 'PUBLISHED' | 'WITHDRAWN';
}

/** A platform: one operator's credit code may stand for several, so both parts count. */
export interface PlatformCode {
  /** 交易系统标识码, C18. */
  readonly platform: string;
  /** 交易平台或发布工具标识码, C11. */
  readonly tradePlat: string;
}
