/**
 * One tender project: who lets it, through whom, in how many lots, on which days.
 */
import type { RegionRow } from '@hub/schema';

import { demoDealCode } from './codes.ts';
import type { Organisation, Trade } from './market.ts';
import type { Works } from './names.ts';
import { type LotPlan, planLot } from './plan-lot.ts';
import type { Random } from './random.ts';
import { type Schedule, scheduleAround } from './schedule.ts';
import type { Setting } from './setting.ts';
import { dayS, type WallClock } from './wall-clock.ts';

/** One tender project. */
export interface TenderPlan {
  readonly code: string;
  readonly name: string;
  readonly trade: Trade;
  /** 标段（包）分类, first three characters. */
  readonly lotClass: string;
  readonly works: Works;
  readonly region: RegionRow;
  /** Two when the tender is joint. */
  readonly clients: readonly Organisation[];
  /** None when the client runs the tender itself. */
  readonly agency: Organisation | undefined;
  /** By invitation, without a public notice. */
  readonly invited: boolean;
  readonly prequalified: boolean;
  readonly corrected: boolean;
  readonly postponed: boolean;
  readonly inquiries: number;
  readonly schedule: Schedule;
  readonly lots: readonly LotPlan[];
}

/** What the project has decided about a tender. */
export interface TenderFrame {
  readonly code: string;
  readonly projectName: string;
  readonly kind: TenderKind;
  readonly works: Works;
  readonly region: RegionRow;
  readonly clients: readonly Organisation[];
  readonly platform: string;
  readonly estimateFen: number;
  readonly opening: WallClock;
  /** First of the deal serials this tender may use. */
  readonly serial: number;
}

/** What is let: the trade, its class and the words for it. */
export interface TenderKind {
  readonly trade: Trade;
  readonly lotClass: string;
  readonly words: string;
  /** Share of the price of the works. */
  readonly share: number;
}

/** The kinds of tender; supervision is also let beside works. */
export const tenderKinds = {
  works: { trade: 'builder', lotClass: 'A08', words: '施工', share: 1 },
  epc: { trade: 'builder', lotClass: 'A10', words: '设计施工总承包', share: 1 },
  design: { trade: 'designer', lotClass: 'A04', words: '勘察设计', share: 0.04 },
  supervision: { trade: 'supervisor', lotClass: 'A05', words: '监理', share: 0.025 },
} as const satisfies Record<string, TenderKind>;

const lotCounts = [1, 1, 1, 1, 1, 1, 1, 2, 2, 3] as const;
const ordinals = ['一', '二', '三'] as const;

export function planTender(setting: Setting, frame: TenderFrame, random: Random): TenderPlan {
  const { kind, works } = frame;
  const postponed = random.chance(0.1);
  const schedule = scheduleAround(frame.opening, postponed ? 7 : 0, random);
  const name = `${frame.projectName}${kind.words}${random.chance(0.06) ? '（重新招标）' : ''}`;
  const count = kind.trade === 'builder' ? random.pick(lotCounts) : 1;
  const lots = ordinals.slice(0, count).map((ordinal, index) =>
    planLot(
      setting,
      {
        code: `${frame.code}${threeDigits(index + 1)}`,
        name: count === 1 ? name : `${name}第${ordinal}标段`,
        dealCode: demoDealCode(works.class, frame.platform, { day: schedule.tender, serial: frame.serial + index }),
        estimateFen: Math.round((frame.estimateFen * kind.share) / count),
        trade: kind.trade,
        works,
        schedule,
      },
      random,
    ),
  );
  const prequalified = random.chance(0.1);
  return {
    code: frame.code,
    name,
    trade: kind.trade,
    lotClass: kind.lotClass,
    works,
    region: frame.region,
    clients: frame.clients,
    agency: random.chance(0.93) ? random.pick(setting.market.trades.agency) : undefined,
    invited: !prequalified && random.chance(0.05),
    prequalified,
    corrected: random.chance(0.2),
    postponed,
    inquiries: random.chance(0.25) ? random.whole(1, 2) : 0,
    schedule,
    lots,
  };
}

/** Days between the works' opening and that of the supervision let beside them. */
export const besideDays = 9 * dayS;

/** @returns `001` … as the codes of tenders and lots continue. */
export function threeDigits(number: number): string {
  return String(number).padStart(3, '0');
}
