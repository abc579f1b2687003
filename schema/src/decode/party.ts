/**
 * Parties from parallel lists of names, codes and roles. A natural person's identity-card or passport number never leaves, as
 * code or as search key; a verified credit code leads to the market register.
 * @see design/graph.md «Types», «Who sees what»
 */
import type { Field } from '../contract.ts';
import { checkCreditCode } from '../identifiers/credit-code.ts';
import { isPersonDocument } from '../identifiers/person-document.ts';
import { holdsPersonNumber } from '../identifiers/person-number.ts';
import { type WireFields, wireItems, wireValue } from '../wire-record.ts';
import { type DecodedCode, type Labels, decodeCode } from './code.ts';
import type { PartRow } from './join-parts.ts';

/** A Party of the graph. */
export interface DecodedParty {
  readonly name: string | null;
  readonly code: string | null;
  readonly kind: DecodedCode | null;
  readonly role: DecodedCode | null;
  readonly entity: { readonly __typename: 'MarketEntity'; readonly code: string } | null;
}

/** What a Party can be found by: names as sent, codes in upper case, each once. */
export interface PartyKeys {
  readonly names: readonly string[];
  readonly codes: readonly string[];
}

/** @returns The party of a row, without a code that may not be told; null when it has neither a name nor a code. */
export function decodeParty(field: Field, row: PartRow, labels: Labels): DecodedParty | null {
  const name = row.get('name');
  if (name === undefined && !row.has('code')) return null;
  const code = tellableCode(row.get('code'));
  const codePart = (part: string): DecodedCode | null =>
    decodeCode(row.get(part), field.wire.find((wire) => wire.part === part)?.list, labels);
  return {
    name: name ?? null,
    code: code ?? null,
    kind: codePart('kind'),
    role: codePart('role'),
    entity: code !== undefined && checkCreditCode(code) === undefined ? { __typename: 'MarketEntity', code: code.toUpperCase() } : null,
  };
}

/** @returns All names and codes of a Party field, joined or not: unequal lists can still be searched. */
export function partyKeys(field: Field, fields: WireFields): PartyKeys {
  const texts = (part: string): string[] =>
    field.wire
      .filter((wire) => wire.part === part)
      .flatMap((wire) => {
        const value = wireValue(fields, wire.code);
        return field.list && wire.multi ? wireItems(value) : [value ?? ''];
      })
      .filter((text) => text !== '');
  const codes = texts('code').filter((code) => tellableCode(code) !== undefined);
  return {
    names: [...new Set(texts('name'))],
    codes: [...new Set(codes.map((code) => code.toUpperCase()))],
  };
}

function tellableCode(code: string | undefined): string | undefined {
  return code === undefined || holdsPersonNumber(code) || isPersonDocument(code) ? undefined : code;
}
