/**
 * The wire fields of a dataset with the graph fields they fill, in the contract's order.
 * @see design/graph.md «Types»
 */
import type { Dataset, Field, WireField } from '../contract.ts';

/** A wire field and a graph field that it fills. One wire field may fill several. */
export interface WireUse {
  readonly wire: WireField;
  readonly field: Field;
}

/** On every record, whether a contract shows it or not. */
const timestamp: WireUse = {
  wire: {
    code: 'DATA_TIMESTAMP',
    type: 'yyyyMMddHHmmss',
    part: undefined,
    list: undefined,
    id: undefined,
    fixed: undefined,
    required: false,
    requiredWhen: undefined,
    multi: false,
    national: true,
  },
  field: {
    name: 'dataTimestamp',
    graphType: 'DateTime',
    list: false,
    nonNull: false,
    description: '数据时间戳',
    wire: [],
    visibility: 'PUBLIC',
    indexed: false,
    orderable: false,
    sealed: undefined,
    relation: undefined,
  },
};
const known = new WeakMap<Dataset, readonly WireUse[]>();
const knownCodes = new WeakMap<Dataset, ReadonlySet<string>>();

/** @returns Every use of a field that is sent, DATA_TIMESTAMP included. */
export function wireUses(dataset: Dataset): readonly WireUse[] {
  const seen = known.get(dataset);
  if (seen !== undefined) return seen;
  const own = dataset.fields.flatMap((field) => field.wire.filter((wire) => wire.code !== '').map((wire) => ({ wire, field })));
  const uses = own.some(({ wire }) => wire.code === timestamp.wire.code) ? own : [...own, timestamp];
  known.set(dataset, uses);
  return uses;
}

/** @returns The names of all fields that a dataset has on the wire, DATA_TIMESTAMP included. */
export function wireCodes(dataset: Dataset): ReadonlySet<string> {
  const seen = knownCodes.get(dataset);
  if (seen !== undefined) return seen;
  const codes = new Set(wireUses(dataset).map(({ wire }) => wire.code));
  knownCodes.set(dataset, codes);
  return codes;
}
