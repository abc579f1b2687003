/**
 * Numbers as spans of those that follow each other, so that a thousand missing records are told in one line.
 */
import type { PositionRange } from '@hub/schema';

/** @param numbers - Ascending. @returns The spans, ascending. */
export function spansOf(numbers: readonly number[]): readonly PositionRange[] {
  const spans: { from: number; to: number }[] = [];
  for (const number of numbers) {
    const last = spans.at(-1);
    if (last !== undefined && number === last.to + 1) last.to = number;
    else spans.push({ from: number, to: number });
  }
  return spans;
}
