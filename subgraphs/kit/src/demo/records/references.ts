/**
 * How records of a project point at one another and at their parties: by the standard's codes, several joined by `;`.
 * @see standard/exchange.md 4
 */
import type { SystemRow } from '@hub/schema';

import { tenThousandYuan, yuan } from '../draft.ts';
import type { Organisation } from '../market.ts';
import type { LotPlan } from '../plan-lot.ts';
import type { ProjectPlan } from '../plan-project.ts';
import type { TenderPlan } from '../plan-tender.ts';
import type { Setting } from '../setting.ts';

/** What every record builder may look at. */
export interface Story {
  readonly setting: Setting;
  readonly project: ProjectPlan;
  readonly tender: TenderPlan;
}

/**
 * 主体类别 of an organisation. The list's digits are not known, only its labels: the demonstration needs one and uses this.
 * @see standard/codelists.json SUBJECT_TYPE
 */
export const legalPerson = '2';
/** 主体角色类型. */
export const roles = { tenderer: '01', agency: '02', bidder: '03' } as const;
/** 人民币, GB/T 12406. */
export const renminbi = '156';
export const yes = '1';
export const no = '0';

/** Reference of a record about one lot. */
export function ofLot(tender: TenderPlan, lot: LotPlan): Readonly<Record<string, string>> {
  return { TENDER_PROJECT_CODE: tender.code, BID_SECTION_CODE: lot.code, UNIFIED_DEAL_CODE: lot.dealCode };
}

/** @returns Codes of lots as a list. */
export function lotCodes(lots: readonly LotPlan[]): string {
  return lots.map((lot) => lot.code).join(';');
}

/** @returns Deal codes of lots as a list. */
export function dealCodes(lots: readonly LotPlan[]): string {
  return lots.map((lot) => lot.dealCode).join(';');
}

export function namesOf(organisations: readonly Organisation[]): string {
  return organisations.map((organisation) => organisation.name).join(';');
}

export function codesOf(organisations: readonly Organisation[]): string {
  return organisations.map((organisation) => organisation.creditCode).join(';');
}

/** @returns The amount in the unit this lot is kept in, and that unit's code. */
export function amountOf(lot: LotPlan, fen: number): { readonly amount: string; readonly unit: string } {
  return lot.inTenThousands ? { amount: tenThousandYuan(fen), unit: '1' } : { amount: yuan(fen), unit: '0' };
}

/** @returns Who lets the tender, its first client. */
export function leadClient(tender: TenderPlan): Organisation {
  const [client] = tender.clients;
  if (client === undefined) throw new RangeError('A tender has a client.');
  return client;
}

/** @returns Where a page of the system would stand; `.example` resolves nowhere. */
export function pageUrl(system: SystemRow, path: string): string {
  return `https://${system.code}.example/${path}`;
}

/** @returns A number that rings nowhere. */
export function phone(seed: string): string {
  const digits = [...seed].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 1_000_000, 7);
  return `000-${String(digits).padStart(8, '0')}`;
}
