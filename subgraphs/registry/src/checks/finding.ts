/**
 * What a check says of a system's SDL: where, why it matters and what to do. Findings are values: an engineer is told all of
 * them at once.
 * @see design/style.md «Functions»
 */

/** One fault of a system's SDL. */
export interface Finding {
  /** Permanent id, such as `TYPE_MISSING`. */
  readonly code: string;
  /** A refusal stops the publication; a warning does not. */
  readonly severity: 'REFUSAL' | 'WARNING';
  /** What is meant: `TenderProject.name`, `Query.notices(first:)`; '' for the text as a whole. */
  readonly element: string;
  /** Place in the SDL as it was sent, from 1. */
  readonly line: number;
  readonly column: number;
  /** What is wrong, and why that matters. */
  readonly messageZh: string;
  readonly messageEn: string;
  /** What to do. */
  readonly remedyZh: string;
  readonly remedyEn: string;
}

/** Nobody reads more, and names may be as long as the text. */
const maxLength = 600;

/** @returns The text, cut where it is longer than anybody reads. */
export function shortened(text: string): string {
  return text.length <= maxLength ? text : `${text.slice(0, maxLength)}…`;
}
