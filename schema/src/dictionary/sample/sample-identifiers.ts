/**
 * Made-up identifiers that keep the rules, check characters included; all of region 990100, which there is not.
 * @see standard/identifiers.md
 */
import { creditCodeCheck } from '../../identifiers/credit-code.ts';
import { dealCodeCheck } from '../../identifiers/deal-code.ts';
import { idCardCheck } from '../../identifiers/id-card.ts';
import { orgCodeCheck } from '../../identifiers/org-code.ts';

const tenderProject = 'E9901000001000001001';
const makers: ReadonlyMap<string, readonly ((place: number) => string)[]> = new Map([
  ['projectCode', [() => tenderProject.slice(0, 17)]],
  ['tenderProjectCode', [() => tenderProject]],
  ['bidSectionCode', [(place: number) => `${tenderProject}00${place}`]],
  ['unifiedDealCode', [dealCode]],
  ['investmentCode', [() => '2601-990100-04-01-000001']],
  ['creditCode', [creditCode]],
  ['partyCode', [creditCode, organisationCode]],
  ['legalCode', [creditCode, organisationCode]],
  ['idCard', [personNumber]],
  ['platformId', [(place: number) => `EX00000000${place}`]],
  ['webAddress', [(place: number) => `https://example.invalid/${place}`]],
  ['guid', [(place: number) => `00000000-0000-4000-8000-00000000000${place}`]],
]);

/**
 * @param place - 1 to 9: which of several.
 * @returns Identifiers of that rule, the usual kind first; none when the rule is not known here.
 */
export function sampleIdentifiers(rule: string, place: number): readonly string[] {
  return (makers.get(rule) ?? []).map((make) => make(place));
}

function creditCode(place: number): string {
  const body = `91990100MA000000${place}`;
  return `${body}${creditCodeCheck(body) ?? ''}`;
}

function dealCode(place: number): string {
  const body = `A01-${creditCode(1)}-20260105-00000${place}`;
  return `${body}-${dealCodeCheck(body) ?? ''}`;
}

function personNumber(place: number): string {
  const body = `9901001990010100${place}`;
  return `${body}${idCardCheck(body) ?? ''}`;
}

function organisationCode(place: number): string {
  const body = `MA00000${place}`;
  return `${body}${orgCodeCheck(body) ?? ''}`;
}
