/**
 * A made-up record of a dataset with every field the standard has: valid, and the same each time.
 * @see PROTOCOL.md 6
 */
import type { CodeLists } from '../../codes.ts';
import type { Contract, Dataset, Field, WireField } from '../../contract.ts';
import type { WireRecord } from '../../wire-record.ts';
import { fits, sampleValue } from './sample-value.ts';

/** @returns The record; it has a DATA_KEY where the dataset has no key of its own. */
export function sampleRecord({ direction }: Contract, dataset: Dataset, codes: CodeLists): WireRecord {
  const fields: Record<string, string> = {};
  for (const field of dataset.fields) {
    // Where the full record is found is for the hub to say.
    if (field.graphType === 'Record') continue;
    const many = field.wire.every((wire) => !wire.multi || fits(wire, values(field, wire, { codes, count: 2 })));
    for (const wire of field.wire.filter(({ code }) => code !== '')) {
      const value = field.graphType === 'Direction' ? direction : undefined;
      fields[wire.code] ??= value ?? values(field, wire, { codes, count: wire.multi && many ? 2 : 1 });
    }
  }
  return { dataset: dataset.code, dataKey: dataset.key.length === 0 ? '2026010500000000000001' : undefined, op: 'put', fields };
}

/** @returns Lists a sample draws on of which no value is known: what stands there is a placeholder. */
export function unknownLists(dataset: Dataset, codes: CodeLists): readonly string[] {
  const lists = dataset.fields.flatMap(({ wire }) => wire.flatMap(({ list }) => list ?? []));
  return [...new Set(lists)].filter((list) => !codes.hasValues(list));
}

function values(field: Field, wire: WireField, { codes, count }: { readonly codes: CodeLists; readonly count: number }): string {
  const places = Array.from({ length: count }, (_, index) => index + 1);
  return places.map((place) => sampleValue(field, wire, { codes, place })).join(';');
}
