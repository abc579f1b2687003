/**
 * The rules of a law by dataset and date. A record is judged by the rules of its own date: what was right when it was made stays so.
 * @see issue 5 «Validation»; PROTOCOL.md 7
 */
import { createHash } from 'node:crypto';

import { ruleFiles } from '../../generated/law-files.ts';
import type { CodeLists } from '../codes.ts';
import type { Contract } from '../contract.ts';
import { law } from '../law.ts';
import type { WireFields } from '../wire-record.ts';
import type { DataRule, LookedUpField } from './data-rule.ts';
import { localTime } from './local-time.ts';
import { readRules, refuseRuleFaults } from './read-rules.ts';
import { codesIn } from './related.ts';
import { type NamedField, type RuleLaw } from './rule-row.ts';
import { wireUses } from '../validate/wire-use.ts';

/** The rules of a law, made once. */
export interface RuleBook {
  /** Every rule, in the order of the files. */
  readonly rules: readonly DataRule[];
  /** SM3 of the files: by which rules a change was judged. */
  readonly edition: string;
  /** @returns The rules of a dataset that hold on a day `YYYY-MM-DD`; [] when there are none. */
  rulesFor(dataset: string, day: string): readonly DataRule[];
  /** @returns Every field by which some rule looks records up, whenever it holds: these must be kept for looking up. */
  lookedUpFields(): readonly LookedUpField[];
  /** @returns What a standing record is found by: the codes of its looked-up fields. */
  lookedUpCodes(dataset: string, fields: WireFields): readonly { readonly field: string; readonly value: string }[];
}

let known: RuleBook | undefined;

/** @returns The rules this release carries. */
export function ruleBook(): RuleBook {
  const { contracts, codes } = law();
  known ??= readRuleBook(
    ruleFiles,
    contracts.map(({ contract }) => contract),
    codes,
  );
  return known;
}

/**
 * @param files - Parsed files of `schema/rules/`.
 * @throws HubError CONTRACT_INVALID naming file, rule and fault, of all faults.
 */
export function readRuleBook(files: readonly unknown[], contracts: readonly Contract[], codes: CodeLists): RuleBook {
  const { rules, faults } = readRules(files, contracts, codes);
  refuseRuleFaults(faults);
  const datasets = new Map(contracts.flatMap((contract) => contract.datasets.map((dataset) => [dataset.code, dataset] as const)));
  const byDataset = Map.groupBy(rules, ({ dataset }) => dataset);
  const asked = askedFields(rules);
  const askedOf = new Map(
    [...Map.groupBy(asked, ({ dataset }) => dataset)].map(([dataset, all]) => [dataset, namedFields(datasets, dataset, all)]),
  );
  const windows = new Map<string, readonly Window[]>([...byDataset].map(([dataset, own]) => [dataset, windowsOf(own)]));
  return {
    rules,
    edition: createHash('sm3').update(JSON.stringify(files)).digest('hex'),
    rulesFor: (dataset, day) => windows.get(dataset)?.findLast(({ from }) => from <= day)?.rules ?? [],
    lookedUpFields: () => asked,
    lookedUpCodes: (dataset, fields) =>
      (askedOf.get(dataset) ?? []).flatMap((field) => codesIn(fields, field).map((value) => ({ field: field.code, value }))),
  };
}

/** @returns The day by whose rules a record is judged: that of DATA_TIMESTAMP, else of its receipt, in UTC+8, `YYYY-MM-DD`. */
export function dayOfRecord(fields: WireFields, receivedAt: string): string {
  const digits = localTime(fields, 'DATA_TIMESTAMP') ?? localTime({ receivedAt }, 'receivedAt') ?? '';
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`;
}

/** Rules that hold together, from a day on. */
interface Window {
  readonly from: string;
  readonly rules: readonly DataRule[];
}

/** Rules come and go on few days: between two of them the same ones hold. */
function windowsOf(rules: readonly DataRule[]): readonly Window[] {
  const days = new Set(rules.flatMap(({ validFrom, validUntil }) => (validUntil === undefined ? [validFrom] : [validFrom, validUntil])));
  return [...days].toSorted().map((from) => ({
    from,
    rules: rules.filter(({ validFrom, validUntil }) => validFrom <= from && (validUntil === undefined || from < validUntil)),
  }));
}

function askedFields(rules: readonly DataRule[]): readonly LookedUpField[] {
  const all = rules.flatMap(({ search }) => search.asks ?? []);
  const byName = new Map(all.map((one) => [`${one.dataset} ${one.field}`, one]));
  return [...byName.keys()].toSorted().flatMap((name) => byName.get(name) ?? []);
}

function namedFields(datasets: RuleLaw['datasets'], dataset: string, asked: readonly LookedUpField[]): readonly NamedField[] {
  const found = datasets.get(dataset);
  if (found === undefined) return [];
  return asked.flatMap(({ field }) => {
    const use = wireUses(found).find(({ wire }) => wire.code === field);
    return use === undefined ? [] : [{ code: field, ...use }];
  });
}
