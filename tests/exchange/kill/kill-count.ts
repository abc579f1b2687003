/**
 * Counts what the kill tests kill, for `tests/results/`. Whether anything was lost or doubled the tests say: a figure here would be written
 * by a red run, too.
 * @see tests/support/results.ts
 */
import { recordFigures } from '../../support/results.ts';

/** Kills of one file of tests. */
export interface KillCount {
  /** One more kill, at a named point or `any moment`. */
  add(point: string): void;
  /** Writes them to `tests/results/sigkill-NAME.json`. */
  record(): Promise<void>;
}

/** @param name - Of what is killed. */
export function killCount(name: string): KillCount {
  const kills = new Map<string, number>();
  return {
    add: (point) => void kills.set(point, (kills.get(point) ?? 0) + 1),
    record: () =>
      recordFigures(`sigkill-${name}`, {
        kills: [...kills.values()].reduce((sum, count) => sum + count, 0),
        at: Object.fromEntries(kills),
      }),
  };
}
