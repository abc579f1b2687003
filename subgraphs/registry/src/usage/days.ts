/**
 * Days as usage is kept by: of the province's time, UTC+8, as the months of statistics are.
 */
const dayMs = 86_400_000;
const zoneMs = 8 * 3_600_000;

/** @returns The day of an instant, `YYYY-MM-DD`. */
export function dayOf(ms: number): string {
  return new Date(ms + zoneMs).toISOString().slice(0, 10);
}

/** @returns The instant `days` days earlier. */
export function daysBefore(ms: number, days: number): Date {
  return new Date(ms - days * dayMs);
}
