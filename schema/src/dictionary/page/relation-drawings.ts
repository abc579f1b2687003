/**
 * Relations drawn: all datasets of a contract, each on its nearest relative; one dataset with all its relatives.
 * @see ../model/ties.ts
 */
import type { Contract, Dataset } from '../../contract.ts';
import { type Branch, tiesOf, treesOf } from '../model/ties.ts';
import { told } from '../model/told.ts';
import { type Markup, markup } from './markup.ts';
import { type TreeRow, treeDrawing } from './tree-drawing.ts';

/** @returns The drawing of a contract; nothing when it has fewer than two datasets. */
export function contractDrawing(contract: Contract): Markup {
  if (contract.datasets.length < 2) return markup``;
  return treeDrawing(`${contract.title}：数据集之间的关系`, rowsOf(treesOf(contract), { level: 0, holder: undefined, first: 0 }), 250);
}

/** @returns The drawing of one dataset's relations; nothing when it has none. */
export function datasetDrawing(contract: Contract, dataset: Dataset): Markup {
  const ties = tiesOf(contract, dataset);
  if (ties.length === 0) return markup``;
  const name = told(dataset.description).name;
  const own = { level: 0, holder: undefined, numbers: '', name, sub: dataset.code, href: `#dataset-${dataset.code}` };
  const relatives = ties.map(({ other, field, from, to, here, there }): TreeRow => {
    const relative = contract.datasets.find(({ type }) => type === other);
    const [called, href] = relative === undefined ? [other, '#main'] : [told(relative.description).name, `#dataset-${relative.code}`];
    return { level: 1, holder: 0, numbers: `${here} : ${there}`, name: called, sub: `${field}: ${from} = ${to}`, href };
  });
  return treeDrawing(`${name}的关系`, [own, ...relatives], 296);
}

interface Start {
  readonly level: number;
  readonly holder: number | undefined;
  /** Place of the first row. */
  readonly first: number;
}

function rowsOf(branches: readonly Branch[], { level, holder, first }: Start): readonly TreeRow[] {
  let place = first;
  return branches.flatMap(({ dataset, tie, children }) => {
    const name = told(dataset.description).name;
    const numbers = tie === undefined ? '' : `${tie.there} : ${tie.here}`;
    const own = { level, holder, numbers, name, sub: dataset.code, href: `#dataset-${dataset.code}` };
    const below = rowsOf(children, { level: level + 1, holder: place, first: place + 1 });
    place += 1 + below.length;
    return [own, ...below];
  });
}
