/**
 * The search that both rules about identifiers share: each value sent, against the rule of its identifier.
 * @see standard/identifiers.md
 */
import type { IdentifierFault } from '../identifiers/fault.ts';
import { type Finding, type Judged } from './rule.ts';

/** @returns A warning for each field with this fault. Real codes break the rules: never a refusal. */
export function identifierFindings(
  judged: Judged,
  fault: IdentifierFault,
  messageOf: (id: string) => { readonly zh: string; readonly en: string },
): readonly Finding[] {
  return judged.misidentified.flatMap(({ wire, identifierFaults }) => {
    const value = identifierFaults.find((breach) => breach.fault === fault)?.text;
    return value === undefined ? [] : [{ field: wire.code, severity: 'warning', ...messageOf(wire.id ?? ''), value }];
  });
}
