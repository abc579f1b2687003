/**
 * Fixtures of the tests of rules: a small contract, its rule files and records, none of them of any real trade.
 */
import { loadCodeLists } from '../codes.ts';
import { readContract } from '../read-contract.ts';
import type { WireFields } from '../wire-record.ts';
import { factsOf } from './facts.ts';
import type { JudgedRecord, KnownRecord } from './judged-record.ts';
import { type RuleVerdict, judgeByRules } from './judge.ts';
import { type RuleBook, readRuleBook } from './rule-book.ts';

const contract = readContract(`extend schema @contract(name: "toy", version: "1.0.0", edition: "e", title: "玩具")
  type Lot @dataset(code: "LOT", key: ["CODE"], why: "w") {
    code: String @wire(code: "CODE", type: "C..20") @visibility(to: PUBLIC)
    from: DateTime @wire(code: "FROM", type: "yyyyMMddHHmmss") @visibility(to: PUBLIC)
    until: Date @wire(code: "UNTIL", type: "yyyyMMdd") @visibility(to: PUBLIC)
    price: Money @wire(code: "PRICE", type: "N..20,6", part: "amount") @wire(code: "UNIT", type: "C1", part: "unit", list: "PRICE_UNIT") @visibility(to: PUBLIC)
    limit: Money @wire(code: "LIMIT", type: "N..20,6", part: "amount") @wire(code: "LIMIT_UNIT", type: "C1", part: "unit", list: "PRICE_UNIT") @visibility(to: PUBLIC)
    bare: Money @wire(code: "BARE", type: "N..20,6", part: "amount") @visibility(to: PUBLIC)
    count: Int @wire(code: "COUNT", type: "N..5") @visibility(to: PUBLIC)
    names: [String!]! @wire(code: "NAMES", type: "C..99", multi: true) @visibility(to: PUBLIC)
    kind: Code @wire(code: "KIND", type: "C1", list: "KIND") @visibility(to: PUBLIC)
    region: Region @wire(code: "REGION", type: "C6", list: "REGION") @visibility(to: PUBLIC)
    number: String @wire(code: "NUMBER", type: "C..18", id: "idCard") @visibility(to: RESTRICTED)
  }
  type ToyBid @dataset(code: "BID", key: [], why: "w") {
    lots: [String!]! @wire(code: "LOTS", type: "C..99", multi: true) @visibility(to: PUBLIC)
    bidder: String @wire(code: "BIDDER", type: "C..18") @visibility(to: PUBLIC)
    at: DateTime @wire(code: "AT", type: "yyyyMMddHHmmss") @visibility(to: PUBLIC)
    number: String @wire(code: "NUMBER", type: "C..18") @visibility(to: RESTRICTED)
  }`);
const codes = loadCodeLists([{ name: 'KIND', complete: true, values: [{ code: '1', label: '一' }] }]);

/** What every rule needs besides its kind and parameters. */
export const base = {
  id: 'TOY_RULE',
  dataset: 'LOT',
  severity: 'warning',
  validFrom: '2020-01-01',
  validUntil: null,
  zh: '不对。',
  en: 'Wrong.',
  source: 'practice',
  passes: { fields: {} },
  fails: { fields: {} },
} as const;

/** @returns The book of these rules, each filled up from `base`. */
export function toyBook(...rules: readonly object[]): RuleBook {
  return readRuleBook([{ contract: 'toy', rules: rules.map((rule) => ({ ...base, ...rule })) }], [contract], codes);
}

/** A case before one rule. */
export interface ToyCase {
  readonly fields: WireFields;
  readonly others?: readonly (Omit<KnownRecord, 'system' | 'key'> & Partial<KnownRecord>)[];
  readonly earlier?: WireFields;
  readonly record?: Partial<JudgedRecord>;
}

/** @returns What the rule says of a record of system `here`, key `own`. */
export function judgeToy(rule: object, { fields, others = [], earlier, record: given }: ToyCase): RuleVerdict {
  const [compiled] = toyBook(rule).rules;
  if (compiled === undefined) throw new RangeError('the book has one rule');
  const record = { system: 'here', dataset: compiled.dataset, key: 'own', op: 'put', fields, sourceKind: 'SYSTEM', ...given } as const;
  const standing = others.map((other, place) => ({ system: 'here', key: `other ${place}`, ...other }));
  return judgeByRules([compiled], record, factsOf('here', standing, earlier));
}
