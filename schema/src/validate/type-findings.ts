/**
 * The search that all rules about types share: each value sent, against the sheet's notation.
 * @see standard/identifiers.md 13
 */
import { type TypeFault, checkValue } from '../wire-types/check-value.ts';
import { readNotation } from '../wire-types/notation.ts';
import type { Finding, Judged } from './rule.ts';
import type { Severity } from './violation.ts';
import { sentUses } from './rule.ts';

/** What a rule says about a fault that is its own; undefined: not its business. */
export type TypeVerdict = { readonly severity: Severity; readonly zh: string; readonly en: string } | undefined;

/** @returns A finding for each field with a fault that the rule judges; `type` is the notation. */
export function typeFindings(judged: Judged, judge: (fault: TypeFault, type: string) => TypeVerdict): readonly Finding[] {
  return sentUses(judged).flatMap(({ wire, texts }) => {
    const type = readNotation(wire.type);
    if (type === undefined) return [];
    // An upper length bounds the list as it is sent, blanks included; all else is about each item.
    const whole = type.kind === 'text' && type.exactly === undefined;
    const values = whole ? [judged.record.fields[wire.code] ?? ''] : texts;
    return values.flatMap((value) => {
      const fault = checkValue(type, value);
      const verdict = fault === undefined ? undefined : judge(fault, wire.type);
      return verdict === undefined ? [] : [{ field: wire.code, value, ...verdict }];
    });
  });
}
