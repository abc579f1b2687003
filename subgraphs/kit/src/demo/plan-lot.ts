/**
 * One lot: what it is worth, who bids, who wins or why nobody does. Decided at once, told later step by step.
 */
import type { Works } from './names.ts';
import { type Organisation, type Person, type Trade, inventPerson } from './market.ts';
import type { Random } from './random.ts';
import type { Schedule } from './schedule.ts';
import type { Setting } from './setting.ts';
import { dayS, type WallClock } from './wall-clock.ts';

/** How a lot ends. */
export type Outcome = 'AWARDED' | 'FAILED' | 'TERMINATED' | 'WITHDRAWN';

/** One bid. Prices are whole fen, so that no rounding ever shows. */
export interface BidPlan {
  readonly bidder: Organisation;
  /** Second member of a consortium. */
  readonly partner: Organisation | undefined;
  readonly manager: Person;
  readonly priceFen: number;
  readonly termDays: number;
  /** Points of 100, two decimals. */
  readonly score: number;
  readonly submittedAt: WallClock;
  /** Guarantee in place of a deposit. */
  readonly guaranteed: boolean;
}

/** One lot of a tender. */
export interface LotPlan {
  readonly code: string;
  readonly name: string;
  readonly dealCode: string;
  readonly estimateFen: number;
  /** 万元 instead of 元. */
  readonly inTenThousands: boolean;
  /** Priced by a discount rate, not by an amount. */
  readonly byRate: boolean;
  readonly outcome: Outcome;
  readonly bids: readonly BidPlan[];
  /** Best bids first, three at most; empty unless awarded. */
  readonly candidates: readonly BidPlan[];
  readonly winner: BidPlan | undefined;
  readonly experts: readonly Person[];
  /** Systems with a check of bid files send fingerprints. */
  readonly fingerprinted: boolean;
  /** Systems with electronic evaluation send every score. */
  readonly scored: boolean;
}

/** What the tender has decided about a lot. */
export interface LotFrame {
  readonly code: string;
  readonly name: string;
  readonly dealCode: string;
  readonly estimateFen: number;
  readonly trade: Trade;
  readonly works: Works;
  readonly schedule: Schedule;
}

const outcomes: readonly Outcome[] = ['FAILED', 'FAILED', 'TERMINATED', 'WITHDRAWN'];
const bidderCounts = [3, 3, 3, 4, 4, 4, 5, 5, 6, 7, 9] as const;

export function planLot(setting: Setting, frame: LotFrame, random: Random): LotPlan {
  const outcome: Outcome = random.chance(0.92) ? 'AWARDED' : random.pick(outcomes);
  const count = outcome === 'AWARDED' ? random.pick(bidderCounts) : outcome === 'FAILED' ? random.whole(0, 2) : 0;
  const bids = planBids(setting, frame, { count, random });
  const candidates = outcome === 'AWARDED' ? bids.toSorted((a, b) => b.score - a.score).slice(0, 3) : [];
  return {
    code: frame.code,
    name: frame.name,
    dealCode: frame.dealCode,
    estimateFen: frame.estimateFen,
    inTenThousands: random.chance(0.15),
    byRate: random.chance(0.07),
    outcome,
    bids,
    candidates,
    // Now and then the first candidate gives up and the second follows.
    winner: random.chance(0.96) ? candidates[0] : (candidates[1] ?? candidates[0]),
    experts: random.some(setting.market.experts, random.chance(0.8) ? 5 : 7),
    fingerprinted: random.chance(0.45),
    scored: random.chance(0.5),
  };
}

function planBids(
  setting: Setting,
  frame: LotFrame,
  { count, random }: { readonly count: number; readonly random: Random },
): readonly BidPlan[] {
  const { schedule } = frame;
  const bidders = random.some(setting.market.trades[frame.trade], count + 1);
  const [spare, ...chosen] = bidders;
  return chosen.map((bidder) => ({
    bidder,
    partner: random.chance(0.06) ? spare : undefined,
    manager: inventPerson(setting.province.code, setting.names, random),
    priceFen: Math.round((frame.estimateFen * random.whole(860, 992)) / 1000),
    termDays: schedule.termDays - random.whole(0, 5),
    score: random.whole(7200, 9650) / 100,
    submittedAt: schedule.opening - random.whole(3600, 10 * dayS),
    guaranteed: random.chance(0.3),
  }));
}
