/**
 * What @notice and @deal name: arguments that name fields of the dataset, and the field of the board that each of them fills.
 * @see schema/directives.graphql @notice, @deal
 */
import type { BoardMapping, Dataset, Field } from '../contract.ts';
import type { Place } from './finding.ts';
import type { ReadLaw } from './lint.ts';
import { type DatasetPlace, atDataset, datasetsOf } from './places.ts';

export type Board = 'notice' | 'deal';

/** @notice or @deal on a dataset. */
export interface MappingPlace extends DatasetPlace {
  readonly board: Board;
  readonly mapping: BoardMapping;
  readonly place: Place;
}

/** A field that a mapping names. */
export interface MappedField extends MappingPlace {
  readonly argument: string;
  readonly name: string;
  /** Undefined when the dataset has no such field. */
  readonly field: Field | undefined;
  /** Field of the board it fills or decides; undefined for one that is only looked up. */
  readonly target: Field | undefined;
}

const boardTypes: Readonly<Record<Board, string>> = { notice: 'Notice', deal: 'Deal' };

/** Arguments that decide a field of the board; the others fill the field of their own name. */
const targets: Readonly<Record<Board, Readonly<Record<string, string>>>> = {
  notice: { lots: 'lotCodes', lotsIn: 'lotCodes', stageBy: 'stage' },
  deal: { lot: 'lotCode', lotIn: 'lotCode', stateBy: 'state', opensUnless: 'opensAt' },
};

/** Arguments whose values are no field names. */
const valueArguments: ReadonlySet<string> = new Set(['stage', 'stages', 'state', 'states', 'isLot', 'count', 'each', 'otherwise']);

/** @returns Every @notice and @deal. */
export function mappingsOf(law: ReadLaw): readonly MappingPlace[] {
  return datasetsOf(law).flatMap((place) =>
    (['notice', 'deal'] as const).flatMap((board) => {
      const mapping = place.dataset[board];
      return mapping === undefined ? [] : [{ ...place, board, mapping, place: atDataset(place, board) }];
    }),
  );
}

/** @returns Every field that a @notice or @deal names. */
export function mappedFieldsOf(law: ReadLaw): readonly MappedField[] {
  return mappingsOf(law).flatMap((place) => {
    const shown = boardDataset(law, place.board);
    return Object.entries(place.mapping)
      .filter(([argument]) => !valueArguments.has(argument))
      .flatMap(([argument, value]) =>
        fieldNames(argument, value).map((name) => ({
          ...place,
          argument,
          name,
          field: place.dataset.fields.find((field) => field.name === name),
          target: shown?.fields.find((field) => field.name === (targets[place.board][argument] ?? argument)),
        })),
      );
  });
}

function boardDataset(law: ReadLaw, board: Board): Dataset | undefined {
  return law.contracts.flatMap(({ contract }) => contract.datasets).find(({ type }) => type === boardTypes[board]);
}

function fieldNames(argument: string, value: BoardMapping[string] | undefined): readonly string[] {
  if (typeof value === 'string') return [argument === 'opensUnless' ? (value.split('=')[0] ?? '') : value];
  return typeof value === 'object' ? value : [];
}
