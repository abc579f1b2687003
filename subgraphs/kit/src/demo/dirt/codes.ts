/**
 * Dirt in codes: wrong check characters, other cases, older identifiers.
 * @see standard/identifiers.md 1, 2, 4, 5
 */
import { orgCodeOf } from '../codes.ts';
import { type DirtRule, replaced } from './dirt-rule.ts';

export const codeDirt = {
  wrongPartyCheck: {
    seen: 'credit codes typed by hand',
    on: ['TENDER_LIST'],
    share: 0.015,
    effect: 'warning',
    spoil: (fields) => replaced(fields, 'BIDDER_ORG_CODE', wrongCheck),
  },
  lowerCaseReference: {
    seen: 'codes of one city in lower case',
    on: ['TENDER_CANDIDATE'],
    share: 0.02,
    effect: 'none',
    spoil: (fields) => replaced(fields, 'BID_SECTION_CODE', (code) => code.toLowerCase()),
  },
  oldOrganisationCode: {
    seen: 'parties under their code of before 2015, with or without its hyphen',
    on: ['TENDER_CANDIDATE', 'WIN_RESULT_ANNO'],
    share: 0.02,
    effect: 'none',
    spoil: (fields, random) => {
      const change = (code: string): string => {
        const old = orgCodeOf(code);
        return random.chance(0.5) ? `${old.slice(0, 8)}-${old.slice(8)}` : old;
      };
      return replaced(replaced(fields, 'WIN_CANDIDATE_CODE', change), 'WIN_BIDDER_CODE', change);
    },
  },
  codeOutsideList: {
    seen: 'lists that are known in part only',
    on: ['TENDER_FILE_CLARI_MODI'],
    share: 0.03,
    effect: 'warning',
    spoil: (fields) => ({ ...fields, MARGIN_PAY_TYPE: '1;7' }),
  },
  misspeltField: {
    seen: 'names that are misspelt where the standard is right',
    on: ['TENDER_ANN_QUA_INQUERY_ANN'],
    share: 0.02,
    effect: 'warning',
    spoil: (fields) => ({ ...fields, TENDERER_ADRESS: fields['TENDERER_ADDRESS'] ?? '' }),
  },
} as const satisfies Record<string, DirtRule>;

/** @returns The code with another last character of both alphabets. */
export function wrongCheck(code: string): string {
  return `${code.slice(0, -1)}${code.endsWith('1') ? '2' : '1'}`;
}
