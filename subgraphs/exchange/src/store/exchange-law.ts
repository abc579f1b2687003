/**
 * What the exchange judges by: the contracts' datasets and the province's code lists, and a digest that tells later by which
 * edition a change was judged.
 * @see design/feed.md 4
 */
import { createHash } from 'node:crypto';

import { type CodeLists, type Contract, type Dataset, type RuleBook, law, ruleBook } from '@hub/schema';

/** A dataset with the contract it belongs to. */
export interface JudgedDataset {
  readonly contract: Contract;
  readonly dataset: Dataset;
}

/** What may be said otherwise than this release says it. */
export interface LawOptions {
  /** The province's lists; the law's own when absent. */
  readonly codes?: CodeLists | undefined;
  /** Contracts in force; those of this release when absent. */
  readonly contracts?: readonly Contract[] | undefined;
  /** Rules over records; those of this release when absent. */
  readonly rules?: RuleBook | undefined;
}

/** The law as the exchange holds it. */
export interface ExchangeLaw {
  /** Datasets by the standard's code. */
  readonly byCode: ReadonlyMap<string, JudgedDataset>;
  readonly codes: CodeLists;
  readonly rules: RuleBook;
  /** 16 hexadecimal digits; another law, another digest. */
  readonly digest: string;
}

/** @returns The law. */
export function exchangeLaw(options: LawOptions = {}): ExchangeLaw {
  const { codes = law().codes, contracts = law().contracts.map(({ contract }) => contract), rules = ruleBook() } = options;
  const datasets = contracts.flatMap((contract) => contract.datasets.map((dataset) => ({ contract, dataset })));
  return {
    byCode: new Map(datasets.map((entry) => [entry.dataset.code, entry])),
    codes,
    rules,
    digest: createHash('sha256')
      .update(JSON.stringify([contracts, codes.all(), rules.edition]))
      .digest('hex')
      .slice(0, 16),
  };
}
