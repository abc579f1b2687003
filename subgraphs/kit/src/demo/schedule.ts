/**
 * The days of a tender, planned around its opening: what comes before is counted back, what follows is counted on.
 * Intervals are those of the law on bidding: at least 20 days between documents and closing, 3 days of publicity.
 */
import type { Random } from './random.ts';
import { dayS, onWorkday, timeOfDay, type WallClock } from './wall-clock.ts';

/** When each step happens (or would happen). */
export interface Schedule {
  readonly project: WallClock;
  readonly tender: WallClock;
  /** Sent only when the tender is prequalified. */
  readonly prequalification: WallClock;
  readonly prequalificationClosing: WallClock;
  readonly prequalificationResult: WallClock;
  readonly notice: WallClock;
  readonly correction: WallClock;
  readonly documentsFrom: WallClock;
  readonly documentsUntil: WallClock;
  readonly inquiry: WallClock;
  readonly clarification: WallClock;
  /** As announced first; the same as `opening` unless postponed. */
  readonly announcedOpening: WallClock;
  /** Closing and opening are one moment. */
  readonly opening: WallClock;
  readonly evaluated: WallClock;
  readonly candidates: WallClock;
  readonly candidatesUntil: WallClock;
  readonly award: WallClock;
  readonly contract: WallClock;
  readonly finished: WallClock;
  /** Term of the contract, days. */
  readonly termDays: number;
}

const openingHours = ['09:00', '09:30', '10:00', '14:30', '15:00'] as const;

/**
 * @param opening - Day of the opening, any hour of it.
 * @param postponedDays - 0 when the opening stays where it was announced.
 */
export function scheduleAround(opening: WallClock, postponedDays: number, random: Random): Schedule {
  const hour = random.pick(openingHours);
  const days = (time: WallClock, from: number, to: number): WallClock => onWorkday(time + random.whole(from, to) * dayS);
  const atWork = (time: WallClock): WallClock => timeOfDay(time, '08:30') + random.whole(0, 8 * 3600);
  const opens = timeOfDay(onWorkday(opening), hour);
  const announced = postponedDays === 0 ? opens : timeOfDay(onWorkday(opens - postponedDays * dayS), hour);
  const notice = atWork(announced - random.whole(21, 28) * dayS);
  const documentsFrom = timeOfDay(notice + dayS, '09:00');
  const prequalification = atWork(notice - random.whole(24, 30) * dayS);
  const prequalificationClosing = timeOfDay(prequalification + 12 * dayS, '09:30');
  const tender = atWork(prequalification - random.whole(3, 12) * dayS);
  const evaluated = opens + random.whole(3, 9) * 3600;
  const candidates = atWork(days(evaluated, 1, 3));
  const candidatesUntil = timeOfDay(days(candidates, 4, 5), '17:30');
  const award = atWork(days(candidatesUntil, 1, 6));
  const contract = atWork(days(award, 10, 28));
  const termDays = random.whole(3, 36) * 10;
  return {
    project: atWork(tender - random.whole(10, 40) * dayS),
    tender,
    prequalification,
    prequalificationClosing,
    prequalificationResult: atWork(days(prequalificationClosing, 2, 5)),
    notice,
    correction: atWork(notice + random.whole(2, 5) * dayS),
    documentsFrom,
    documentsUntil: timeOfDay(documentsFrom + random.whole(5, 7) * dayS, '17:00'),
    inquiry: atWork(documentsFrom + random.whole(3, 8) * dayS),
    clarification: atWork(notice + random.whole(10, 14) * dayS),
    announcedOpening: announced,
    opening: opens,
    evaluated,
    candidates,
    candidatesUntil,
    award,
    contract,
    finished: atWork(contract + (termDays + random.whole(-5, 30)) * dayS),
    termDays,
  };
}
