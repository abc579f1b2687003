/**
 * The search that both rules about identifiers share: each value sent, against the rule of its identifier.
 * @see standard/identifiers.md
 */
import { identifierChecks } from '../identifiers/checks.ts';
import type { IdentifierFault } from '../identifiers/fault.ts';
import { type Finding, type Judged } from './rule.ts';

/** @returns A warning for each field with this fault. Real codes break the rules: never a refusal. */
export function identifierFindings(
  judged: Judged,
  fault: IdentifierFault,
  messageOf: (id: string) => { readonly zh: string; readonly en: string },
): readonly Finding[] {
  return judged.sent.flatMap(({ wire, texts }) => {
    const id = wire.id ?? '';
    const check = identifierChecks.get(id);
    const value = texts.find((text) => check?.(text) === fault);
    return value === undefined ? [] : [{ field: wire.code, severity: 'warning', ...messageOf(id), value }];
  });
}
