/**
 * One question that might bring a secret to light, and what the law says of it: which level of caller may ask it at all.
 * @see design/graph.md «Who sees what»
 */
import { type Dataset, type Field, law } from '@hub/schema';

import type { Dice } from '../../support/dice.ts';
import { type Level, levels } from '../../support/query/law-schema.ts';
import type { Secret } from '../plant/secret.ts';
import type { Operation, OperationWriter } from './operation.ts';

/** A question. */
export interface Probe extends Operation {
  /** Kind of path. */
  readonly path: string;
  /** What it is after. */
  readonly target: string;
  /** The level of everything it touches; undefined where it is no proper question and any refusal will do. */
  readonly needs: Level | undefined;
}

/** What a question is after: a field of a dataset's type. */
export interface Target {
  readonly dataset: Dataset;
  readonly field: Field;
}

/** What probes are made from. */
export interface Making {
  readonly throws: Dice;
  readonly target: Target;
  readonly writer: OperationWriter;
  /** Ids of planted records by graph type, those of sealed ones among them. */
  readonly ids: ReadonlyMap<string, readonly string[]>;
  /** Business codes by graph type. */
  readonly codes: ReadonlyMap<string, readonly string[]>;
  /** Secrets by the coordinate they were planted at, `Bid.price`. */
  readonly secrets: ReadonlyMap<string, readonly Secret[]>;
  /** Cursors that callers of another level, or of another list, were given. */
  readonly cursors: readonly string[];
}

/** A selection or argument, and the level it takes. */
export interface Written {
  readonly text: string;
  readonly needs: Level;
}

/** @returns Datasets of all contracts, by graph type. */
export function datasetsByType(): ReadonlyMap<string, Dataset> {
  known ??= new Map(law().contracts.flatMap(({ contract }) => contract.datasets.map((dataset) => [dataset.type, dataset] as const)));
  return known;
}

let known: ReadonlyMap<string, Dataset> | undefined;

/** Whether records of the dataset are records of a trade: the board leads to them, and they implement `Record`. */
export function isRecord({ type }: Dataset): boolean {
  return law().contracts.some(({ contract }) => contract.partitioned && contract.datasets.some((dataset) => dataset.type === type));
}

/** @returns The datasets that parties lead to: shared registers look companies up by their codes. */
export function companyDatasets(): readonly Dataset[] {
  return [...datasetsByType().values()].filter((dataset) => dataset.byCode !== undefined && !isRecord(dataset));
}

/** @returns Everything that is hidden or sealed and can be asked for. */
export function allTargets(): readonly Target[] {
  return [...datasetsByType().values()].flatMap((dataset) =>
    dataset.fields
      .filter((field) => field.visibility !== 'PUBLIC' || field.sealed !== undefined || dataset.sealed !== undefined)
      .map((field) => ({ dataset, field })),
  );
}

/** @returns The stricter of levels. */
export function strictest(...among: readonly Level[]): Level {
  return levels.findLast((level) => among.includes(level)) ?? 'PUBLIC';
}

/** @returns The coordinate of a target. */
export function coordinate({ dataset, field }: Target): string {
  return `${dataset.type}.${field.name}`;
}
