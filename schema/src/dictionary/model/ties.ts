/**
 * Relations as they are drawn: each told by both ends in the contract, drawn once; and the tree that a contract's datasets
 * form when each hangs on its nearest relative.
 * @see schema/directives.graphql @relation
 */
import type { Contract, Dataset } from '../../contract.ts';

/** One relation seen from one end. */
export interface Tie {
  /** Graph field that leads there. */
  readonly field: string;
  /** Graph type of the other end. */
  readonly other: string;
  /** Joined fields: of this end, of the other. */
  readonly from: string;
  readonly to: string;
  /** How many rows there may be here for one there, and there for one here. */
  readonly here: '1' | 'n';
  readonly there: '1' | 'n';
}

/** A dataset in the tree of its contract. */
export interface Branch {
  readonly dataset: Dataset;
  /** The tie to the branch it hangs on; absent for a root. */
  readonly tie: Tie | undefined;
  readonly children: readonly Branch[];
}

/** @returns The relations of a dataset in the order of its fields. */
export function tiesOf(contract: Contract, dataset: Dataset): readonly Tie[] {
  return dataset.fields.flatMap(({ name, graphType, list, relation }): Tie[] => {
    if (relation === undefined) return [];
    const inverse = contract.datasets
      .find(({ type }) => type === graphType)
      ?.fields.find(({ relation: back }) => back?.from === relation.to && back.to === relation.from);
    // A relation without a way back leads to what many rows may share.
    const here = inverse?.list === false && inverse.graphType === dataset.type ? '1' : 'n';
    return [{ field: name, other: graphType, from: relation.from, to: relation.to, here, there: list ? 'n' : '1' }];
  });
}

/** @returns The contract's datasets as trees, in its order: each hangs on the relative that stands deepest. */
export function treesOf(contract: Contract): readonly Branch[] {
  const holders = new Map<string, Tie>();
  for (const dataset of contract.datasets) {
    const held = holderOf(contract, dataset, holders);
    if (held !== undefined) holders.set(dataset.type, held);
  }
  return branches(contract, holders, undefined);
}

/** What a dataset may hang on: what it has one of, or shares with a dataset told before it. */
function holderOf(contract: Contract, dataset: Dataset, holders: ReadonlyMap<string, Tie>): Tie | undefined {
  const place = contract.datasets.indexOf(dataset);
  const before = new Set(contract.datasets.slice(0, place).map(({ type }) => type));
  return tiesOf(contract, dataset)
    .filter(({ other, here, there }) => before.has(other) && (there === '1' || here === 'n'))
    .toSorted((a, b) => depth(b.other, holders) - depth(a.other, holders))[0];
}

function depth(type: string, holders: ReadonlyMap<string, Tie>): number {
  const held = holders.get(type);
  return held === undefined ? 0 : 1 + depth(held.other, holders);
}

function branches(contract: Contract, holders: ReadonlyMap<string, Tie>, on: string | undefined): readonly Branch[] {
  return contract.datasets
    .filter(({ type }) => holders.get(type)?.other === on)
    .map((dataset) => ({ dataset, tie: holders.get(dataset.type), children: branches(contract, holders, dataset.type) }));
}
