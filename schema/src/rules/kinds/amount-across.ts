/**
 * An amount against one of a related record, in hundredths: an award is not above the ceiling, nor implausibly far from the estimate.
 * With `"sum": true` the others are added up, once each code that the record names is known: one margin for all lots of a document.
 * @see standard/exchange.md 6; issue 5 «award within a factor of the control price»
 */
import { addDecimals } from '../../decimal.ts';
import type { Kind } from '../kind.ts';
import { type Measure, areComparable, isAbovePercent, isBelowPercent, measureIn } from '../measure.ts';
import { type Related, relatedIn } from '../related.ts';
import { countIn } from '../rule-row.ts';
import { type Case, asking, someFits } from '../some-related.ts';

export const amountAcross: Kind = {
  name: 'AMOUNT_ACROSS',
  zh: '金额（或数）在相关记录的金额的百分之几以内。',
  en: 'An amount or number keeps to percentages of one of a related record.',
  parameters: ['amount', 'of', 'atLeastPercent', 'atMostPercent', 'sum'],
  across: true,
  compile(row) {
    const amount = measureIn(row, 'amount');
    const found = relatedIn(row, 'of', ['amount']);
    const other = found && measureIn(found.row, 'amount');
    const [atLeast, atMost] = [countIn(row, 'atLeastPercent', 1), countIn(row, 'atMostPercent', 1)];
    if (amount === undefined || found === undefined || other === undefined) return undefined;
    if (!areComparable(row, 'of', [amount, other])) return undefined;
    const keeps = (ours: string, base: string | undefined): boolean | undefined =>
      base === undefined
        ? undefined
        : !(atMost !== undefined && isAbovePercent(ours, atMost, base)) && !(atLeast !== undefined && isBelowPercent(ours, atLeast, base));
    return {
      field: amount.code,
      ...asking(found.related, amount.code),
      find(record, facts) {
        const ours = amount.read(record.fields);
        if (ours === undefined) return undefined;
        const bases = row.fields.value('sum') === true ? sumOf(found.related, { record, facts }, other) : undefined;
        const fits =
          bases === undefined
            ? someFits(found.related, { record, facts }, (theirs) => keeps(ours, other.read(theirs)))
            : bases.every((base) => keeps(ours, base) !== false);
        return fits ? undefined : { breaks: true };
      },
    };
  },
};

/** @returns The one sum; [] while one of the codes has no record with a number. */
function sumOf(related: Related, judged: Case, measure: Measure): readonly string[] {
  const parts = related
    .lookups(judged.record, 'records')
    .map((lookup) => related.records(judged.record, judged.facts, lookup).flatMap(({ fields }) => measure.read(fields) ?? [])[0]);
  const known = parts.filter((part) => part !== undefined);
  return known.length === 0 || known.length < parts.length ? [] : [known.reduce(addDecimals)];
}
