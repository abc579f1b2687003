/**
 * One way in which a record breaks the standard. Refusals are values: a record is told all of them at once.
 * @see design/style.md «Functions»; design/graph.md «Who sees what»
 */
import type { Dataset } from '../contract.ts';
import { isPersonDocument } from '../identifiers/person-document.ts';
import { holdsPersonNumber } from '../identifiers/person-number.ts';
import { wireUses } from './wire-use.ts';

/** A refusal keeps the record out; a warning stays on it. */
export type Severity = 'refusal' | 'warning';

/** The messages never quote the value: a warning is shown to everyone who may see the record. */
export interface Violation {
  /** Permanent id of the rule, `CHECK_CHARACTER`. */
  readonly rule: string;
  readonly severity: Severity;
  /** Wire name of the field; '' when the record as a whole is meant. */
  readonly field: string;
  readonly messageZh: string;
  readonly messageEn: string;
  /** What was sent; undefined when nothing was. For the sender's eyes: show it by `shownValue`. */
  readonly value?: string;
}

const mask = '***';
const longestShown = 80;

/**
 * @returns The value as a report may show it: cut to 80 characters, `***` when the field is not PUBLIC or unknown, or the
 * value holds a person's number or has the form of one; undefined when there is none.
 */
export function shownValue(dataset: Dataset, violation: Violation): string | undefined {
  const { value } = violation;
  if (value === undefined) return undefined;
  const uses = wireUses(dataset).filter(({ wire }) => wire.code === violation.field);
  const open = uses.length > 0 && uses.every(({ field }) => field.visibility === 'PUBLIC' && field.sealed === undefined);
  if (!open || dataset.sealed !== undefined || holdsPersonNumber(value) || isPersonDocument(value)) return mask;
  const characters = [...value];
  return characters.length > longestShown ? `${characters.slice(0, longestShown).join('')}…` : value;
}
