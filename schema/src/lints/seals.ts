/**
 * Seals of types and of single fields.
 */
import type { Seal } from '../contract.ts';
import type { Place } from './finding.ts';
import type { ReadLaw } from './lint.ts';
import { type DatasetPlace, atDataset, atField, datasetsOf, fieldsIn } from './places.ts';

/** A seal, and where it stands. */
export interface SealPlace extends DatasetPlace {
  readonly seal: Seal;
  readonly place: Place;
}

/** @returns Every seal of every contract. */
export function sealsOf(law: ReadLaw): readonly SealPlace[] {
  return datasetsOf(law).flatMap((dataset) => [
    ...(dataset.dataset.sealed === undefined ? [] : [{ ...dataset, seal: dataset.dataset.sealed, place: atDataset(dataset, 'sealed') }]),
    ...fieldsIn(dataset).flatMap((field) =>
      field.field.sealed === undefined ? [] : [{ ...dataset, seal: field.field.sealed, place: atField(field, 'sealed') }],
    ),
  ]);
}
