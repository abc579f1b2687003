/**
 * The graph fields behind the wire fields of a dataset's key.
 */
import type { WireField } from '../contract.ts';
import type { ReadLaw } from './lint.ts';
import { type DatasetPlace, type FieldPlace, datasetsOf, fieldsIn } from './places.ts';

/** A wire field of a key, and the graph field it fills. */
export interface KeyField {
  readonly place: DatasetPlace;
  readonly wire: WireField;
  readonly field: FieldPlace['field'];
}

/** @returns Every key field of every dataset, as far as it exists. */
export function keyFieldsOf(law: ReadLaw): readonly KeyField[] {
  return datasetsOf(law).flatMap((place) =>
    place.dataset.key.flatMap((code) =>
      fieldsIn(place).flatMap(({ field }) =>
        field.wire.filter((wire) => wire.code === code && code !== '').map((wire) => ({ place, wire, field })),
      ),
    ),
  );
}
