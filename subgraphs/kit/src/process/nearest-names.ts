/**
 * What somebody may have meant by a name that does not exist.
 */

/** @returns The names most like it, the nearest first. */
export function nearestNames(name: string, known: readonly string[], count = 3): readonly string[] {
  const byDistance = known.map((candidate) => ({ candidate, steps: distance(name, candidate) }));
  return byDistance
    .toSorted((a, b) => a.steps - b.steps)
    .slice(0, count)
    .map(({ candidate }) => candidate);
}

/** Levenshtein's: letters to add, take away or change. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [line, letter] of [...from].entries()) {
    const next = [line + 1];
    for (const [column, other] of [...to].entries()) {
      const changed = (row[column] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(changed, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
