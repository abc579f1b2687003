/**
 * What the exchange judges by: the contracts' datasets and the province's code lists, and a digest that tells later by which
 * edition a change was judged.
 * @see design/feed.md 4
 */
import { createHash } from 'node:crypto';

import { type CodeLists, type Contract, type Dataset, law } from '@hub/schema';

/** A dataset with the contract it belongs to. */
export interface JudgedDataset {
  readonly contract: Contract;
  readonly dataset: Dataset;
}

/** The law as the exchange holds it. */
export interface ExchangeLaw {
  /** Datasets by the standard's code. */
  readonly byCode: ReadonlyMap<string, JudgedDataset>;
  readonly codes: CodeLists;
  /** 16 hexadecimal digits; another law, another digest. */
  readonly digest: string;
}

/**
 * @param codes - The province's lists; the law's own when absent.
 * @param contracts - In force; those of this release when absent.
 */
export function exchangeLaw({
  codes = law().codes,
  contracts = law().contracts.map(({ contract }) => contract),
}: { readonly codes?: CodeLists | undefined; readonly contracts?: readonly Contract[] | undefined } = {}): ExchangeLaw {
  const datasets = contracts.flatMap((contract) => contract.datasets.map((dataset) => ({ contract, dataset })));
  return {
    byCode: new Map(datasets.map((entry) => [entry.dataset.code, entry])),
    codes,
    digest: createHash('sha256')
      .update(JSON.stringify([contracts, codes.all()]))
      .digest('hex')
      .slice(0, 16),
  };
}
