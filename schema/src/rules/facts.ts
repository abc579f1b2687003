/**
 * Facts from records at hand: for examples, tests and whoever has all that stands in memory.
 * @see design/architecture.md «Words»
 */
import { wireItems } from '../wire-record.ts';
import { type Facts, type KnownRecord, lookupValue } from './judged-record.ts';

/** @returns Facts over these records, as seen by a record of the system; a lookup scans them all. */
export function factsOf(system: string, records: readonly KnownRecord[], earlier?: KnownRecord['fields']): Facts {
  return {
    earlier,
    known: ({ dataset, field, value, scope }) =>
      records.filter(
        (record) =>
          record.dataset === dataset &&
          (scope === 'PROVINCE' || record.system === system) &&
          wireItems(record.fields[field]).some((item) => lookupValue(item) === value),
      ),
  };
}
