/**
 * Awarded lots of the whole province's tenders, each once: what companies and their people have to show in a register.
 */
import { demonstrationProjects, tellsTenders } from './demonstration.ts';
import type { BidPlan, LotPlan } from './plan-lot.ts';
import { planProject } from './plan-project.ts';
import type { TenderPlan } from './plan-tender.ts';
import { type Setting, settingAt } from './setting.ts';

/** An award whose contract has been signed. */
export interface AwardedLot {
  readonly tender: TenderPlan;
  readonly lot: LotPlan;
  readonly winner: BidPlan;
}

/** @returns Those of all systems that tell tenders, up to today; lots priced by a rate have no amount and are left out. */
export function* awardedLots(setting: Setting, scale: number): Generator<AwardedLot> {
  for (const row of setting.province.systems.filter(tellsTenders)) {
    const there = settingAt(setting, row);
    const count = demonstrationProjects(row.code, { seed: setting.seed, scale });
    for (let index = 0; index < count; index++) {
      for (const tender of planProject(there, index).tenders) {
        if (tender.schedule.contract >= setting.today) continue;
        for (const lot of tender.lots) {
          if (lot.winner !== undefined && !lot.byRate) yield { tender, lot, winner: lot.winner };
        }
      }
    }
  }
}
