/**
 * Fields that the contract requires and a scenario does not name: filled from the contract, as a sample record is, so that a
 * scenario says only what its story is about.
 */
import {
  type CodeLists,
  type Dataset,
  type Field,
  meetsCondition,
  readCondition,
  readNotation,
  sampleValue,
  type WireField,
} from '@hub/schema';

import { demoGuid } from '../codes.ts';
import { randomFrom } from '../random.ts';
import { stamp } from '../wall-clock.ts';
import type { ScenarioStep } from './read-scenario.ts';
import type { Moment } from './value.ts';

/** What a filled field may tell of its record. */
export interface Filling {
  readonly codes: CodeLists;
  readonly at: Moment['at'];
  /** Region code of the place. */
  readonly place: string;
  /** Of this record alone. */
  readonly seed: string;
}

type Fields = Readonly<Record<string, string>>;

/** @returns The fields with what was missing, those that become required by a filled one included. */
export function fillFields({ dataset, settled }: Pick<ScenarioStep, 'dataset' | 'settled'>, fields: Fields, filling: Filling): Fields {
  const filled: Record<string, string> = { ...fields };
  const wires = required(dataset);
  for (const { field, wire } of [...wires, ...wires]) {
    if (filled[wire.code] !== undefined || settled.has(wire.code)) continue;
    if (wire.required || isCalledFor(wire, filled)) filled[wire.code] = valueOf(field, wire, filling);
  }
  return filled;
}

const known = new WeakMap<Dataset, readonly { readonly field: Field; readonly wire: WireField }[]>();

function required(dataset: Dataset): readonly { readonly field: Field; readonly wire: WireField }[] {
  const found =
    known.get(dataset) ??
    dataset.fields.flatMap((field) =>
      field.wire
        .filter(({ code, required, requiredWhen }) => code !== '' && (required || requiredWhen !== undefined))
        .map((wire) => ({ field, wire })),
    );
  known.set(dataset, found);
  return found;
}

function isCalledFor({ requiredWhen }: WireField, fields: Fields): boolean {
  const condition = requiredWhen === undefined ? undefined : readCondition(requiredWhen);
  return condition !== undefined && meetsCondition(condition, fields);
}

function valueOf(field: Field, wire: WireField, { codes, at, place, seed }: Filling): string {
  const type = readNotation(wire.type);
  if (type?.kind === 'date') return stamp(at).slice(0, type.digits);
  if (wire.list === 'REGION') return place;
  if (wire.id === 'guid') return demoGuid(randomFrom(`${seed}/${wire.code}`));
  return sampleValue(field, wire, { codes, place: 1 });
}
