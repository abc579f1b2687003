/**
 * What a check is given, and what it gives.
 */
import type { Element } from './elements.ts';

/** Two texts side by side. */
export interface Bench {
  /** What the system sent. */
  readonly sent: ReadonlyMap<string, Element>;
  /** What the contracts ask for. */
  readonly asked: ReadonlyMap<string, Element>;
  /** Names of all types of all contracts. */
  readonly known: ReadonlySet<string>;
}

/** A finding before it has its place: `at` is where it is told. */
export interface Fault {
  readonly code: string;
  readonly severity: 'REFUSAL' | 'WARNING';
  readonly element: string;
  /** What the system sent there; undefined: the text as a whole. */
  readonly at: Element | undefined;
  readonly zh: string;
  readonly en: string;
  readonly remedyZh: string;
  readonly remedyEn: string;
}

/** One way in which an SDL can fail its contracts. */
export type Check = (bench: Bench) => readonly Fault[];

/** Words for what an element is. */
export const kindWords = {
  TYPE: { zh: '类型', en: 'type' },
  FIELD: { zh: '字段', en: 'field' },
  ARGUMENT: { zh: '参数', en: 'argument' },
  VALUE: { zh: '枚举值', en: 'value' },
} as const;

/** Whether a type is another contract's here, and served in full there: that contract is the one to compare it with. */
export function isElsewhere({ sent, asked }: Bench, { name, parent }: Element): boolean {
  const type = (parent ?? name).split('.')[0] ?? name;
  return asked.get(type)?.stub === true && sent.get(type)?.stub === false;
}
