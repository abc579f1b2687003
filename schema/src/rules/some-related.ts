/**
 * What kinds that compare with related records share: what they ask, and that one record that fits suffices.
 * @see standard/exchange.md 4
 */
import type { WireFields } from '../wire-record.ts';
import type { Search } from './data-rule.ts';
import type { Facts, JudgedRecord } from './judged-record.ts';
import type { Related } from './related.ts';

/** A record and what is known besides. */
export interface Case {
  readonly record: JudgedRecord;
  readonly facts: Facts;
}

/** @returns The parts of a search that follow from its relation. */
export function asking(related: Related, ...own: readonly string[]): Required<Pick<Search, 'reads' | 'asks' | 'wants'>> {
  return {
    reads: [...own, ...related.reads],
    asks: [related.asked],
    wants: (record) => related.lookups(record, 'records'),
  };
}

/** @returns The fields of every related record that stands. */
export function relatedFields(related: Related, { record, facts }: Case): readonly WireFields[] {
  return related.lookups(record, 'records').flatMap((lookup) => related.records(record, facts, lookup).map(({ fields }) => fields));
}

/**
 * @param fit - Whether one related record fits; undefined when it does not say.
 * @returns Whether one fits, or none says.
 */
export function someFits(related: Related, judged: Case, fit: (fields: WireFields) => boolean | undefined): boolean {
  const said = relatedFields(related, judged).flatMap((fields) => fit(fields) ?? []);
  return said.length === 0 || said.includes(true);
}
