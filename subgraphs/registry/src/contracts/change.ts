/**
 * What the comparison of two releases is given, and what it tells: one place that changes, how clients feel it, why, what to do.
 * @see README «Changes of contracts»
 */
import type { Element } from '../checks/elements.ts';

/** How a change is felt: operations that work fail or get less; work and may mean something else; do not feel it. */
export type ChangeSeverity = 'BREAKING' | 'DANGEROUS' | 'SAFE';

/** One element in both releases; absent in one of them: added or removed. */
export interface Pair {
  readonly before: Element | undefined;
  readonly after: Element | undefined;
}

/** Two releases side by side. */
export interface Releases {
  readonly before: ReadonlyMap<string, Element>;
  readonly after: ReadonlyMap<string, Element>;
  /** Names of the types that stood in answers before, and of those that stood in questions. */
  readonly answered: ReadonlySet<string>;
  readonly given: ReadonlySet<string>;
}

/** One change before it has its place. */
export interface Told {
  readonly code: string;
  readonly severity: ChangeSeverity;
  readonly element: string;
  readonly zh: string;
  readonly en: string;
  readonly remedyZh: string;
  readonly remedyEn: string;
  /** Schema coordinates: whoever uses one of them feels it. */
  readonly coordinates: readonly string[];
}

/** One kind of change. */
export type Rule = (pair: Pair, releases: Releases) => readonly Told[];

/** One change, as it is kept and shown. */
export interface Change {
  /** Permanent id, such as `FIELD_REMOVED`. */
  readonly code: string;
  readonly severity: ChangeSeverity;
  /** Null: all contracts. */
  readonly contract: string | null;
  readonly element: string;
  /** Place in the contract's new text, from 1. */
  readonly line: number;
  readonly column: number;
  readonly messageZh: string;
  readonly messageEn: string;
  readonly remedyZh: string;
  readonly remedyEn: string;
  /** The system that would be missing; null: nothing of systems. */
  readonly system: string | null;
}

/** A change, and by the use of which coordinates it is felt. */
export interface FoundChange extends Change {
  readonly coordinates: readonly string[];
}

/** What is done about a breaking change, whatever its kind. */
export const keepIt = {
  remedyZh: '保留原样并标注 @deprecated（写明替代者），待无人使用后再变更；确需变更的，请第二个人批准。',
  remedyEn: 'Keep it, marked @deprecated with what takes its place, until nobody uses it; else a second person approves.',
} as const;

/** What is done where nothing has to be. */
export const nothingToDo = { remedyZh: '无须处理。', remedyEn: 'Nothing to do.' } as const;

/** What is done where clients should know. */
export const tellClients = {
  remedyZh: '生效前请告知使用它的客户端。',
  remedyEn: 'Tell the clients that use it before it is in force.',
} as const;
