/**
 * What generated subgraphs have in common while one operation runs: which of them are out of order, and what was changed.
 */
import type { Choice } from './choice.ts';
import type { AnswerFault } from './faulty-answer.ts';

/** @see createWorld */
export interface World {
  /** How many fields in two hundred fail. */
  readonly faults: number;
  /** Its data are others than those of another. */
  readonly name: string;
  /** Whether a subgraph gives null where it says it does not. */
  isLax(subgraph: string): boolean;
  faultOf(subgraph: string): AnswerFault | undefined;
  /** Notes a change. @returns How many there were before it. */
  change(field: string): number;
  /** Says which subgraphs are out of order from now on. */
  turn(faulty: ReadonlyMap<string, AnswerFault>): void;
  /** Forgets changes: the next engine finds everything as this one did. @returns What they were, in order. */
  reset(): readonly string[];
}

/** @returns One in which everything is in order until it is turned; how many fields fail is chosen once. */
export function createWorld(choice: Choice): World {
  const lax = new Set(choice.some(['a', 'b', 'c'], 40));
  let faulty: ReadonlyMap<string, AnswerFault> = new Map();
  let changes: string[] = [];
  return {
    name: String(choice.below(1_000_000)),
    faults: choice.chance(30) ? 0 : choice.below(8),
    isLax: (subgraph) => lax.has(subgraph),
    faultOf: (subgraph) => faulty.get(subgraph),
    change: (field) => changes.push(field) - 1,
    turn: (next) => void (faulty = next),
    reset() {
      const made = changes;
      changes = [];
      return made;
    },
  };
}
