/**
 * The search that all rules about types share: what broke the sheet's notation, rule by rule.
 * @see standard/identifiers.md 13
 */
import type { TypeFault } from '../wire-types/check-value.ts';
import type { Finding, Judged } from './rule.ts';
import type { Severity } from './violation.ts';

/** What a rule says about a fault that is its own; undefined: not its business. */
export type TypeVerdict = { readonly severity: Severity; readonly zh: string; readonly en: string } | undefined;

/** @returns A finding for each text with a fault that the rule judges; `type` is the notation. */
export function typeFindings(judged: Judged, judge: (fault: TypeFault, type: string) => TypeVerdict): readonly Finding[] {
  return judged.mistyped.flatMap(({ wire, faults }) =>
    faults.flatMap(({ fault, text }) => {
      const verdict = judge(fault, wire.type);
      return verdict === undefined ? [] : [{ field: wire.code, value: text, ...verdict }];
    }),
  );
}
