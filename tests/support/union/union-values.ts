/**
 * What a record's fields are worth to filters, orders and relations; and which records may be read at all.
 * @see design/graph.md «Who sees what»; design/partitioning.md «Order»
 */
import { type Field, type Milestone, type Seal, decodeField, indexValue, sortKindOf } from '@hub/schema';
import { Decimal } from 'decimal.js';

import type { Union, UnionRecord } from './union.ts';

type IndexValue = ReturnType<typeof indexValue>;

const known = new WeakMap<UnionRecord['wire'], Map<Field, IndexValue>>();

/** @returns The field's value as filters see it. */
export function valueOf(record: UnionRecord, field: Field): IndexValue {
  const ofRecord = known.get(record.wire) ?? new Map<Field, IndexValue>();
  known.set(record.wire, ofRecord);
  const value = ofRecord.has(field) ? (ofRecord.get(field) ?? null) : indexValue(field, record.wire);
  ofRecord.set(field, value);
  return value;
}

/** @returns The field's values as texts: none, one, or those of a list. */
export function textsOf(record: UnionRecord, field: Field): readonly string[] {
  const value = valueOf(record, field);
  if (value === null) return [];
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'object' ? [] : [String(value)];
}

/** @returns The field of this name. @throws RangeError when there is none. */
export function fieldOf({ dataset }: Pick<UnionRecord, 'dataset'>, name: string): Field {
  const field = dataset.fields.find((candidate) => candidate.name === name);
  if (field === undefined) throw new RangeError(`${dataset.type} has no field ${name}`);
  return field;
}

/** Whether a record may be read now. */
export function isReadable(union: Union, record: UnionRecord): boolean {
  return record.dataset.sealed === undefined || hasCome(union, record, record.dataset.sealed);
}

/** Whether a seal has ended: the milestone has come for every lot the record names, and it names one. */
function hasCome(union: Union, record: UnionRecord, seal: Seal): boolean {
  const lots = lotsOf(record, seal);
  return (
    lots.length > 0 &&
    lots.every((lot) => lotHasCome(union, { system: record.system.code, contract: record.contract, lot, until: seal.until }))
  );
}

/** The board's codes: where a lot's is unique only within its project, PROJECT/LOT, or PROJECT where none is named besides it. */
function lotsOf(record: UnionRecord, { lot, lotIn }: Seal): readonly string[] {
  const named = textsOf(record, fieldOf(record, lot));
  if (lotIn === undefined) return named;
  const [project] = textsOf(record, fieldOf(record, lotIn));
  if (project === undefined) return [];
  return named.length === 0
    ? [project]
    : named.map((code) => (code.toUpperCase() === project.toUpperCase() ? project : `${project}/${code}`));
}

interface Lot {
  readonly system: string;
  readonly contract: string | null;
  readonly lot: string;
  readonly until: Milestone;
}

/** Several deals of one lot may have been sent: then all of them must have come so far. Another contract's are of another lot. */
function lotHasCome(union: Union, { system, contract, lot, until }: Lot): boolean {
  const deals = (union.byType.get('Deal') ?? []).filter(
    (deal) => deal.system.code === system && deal.contract === contract && textsOf(deal, fieldOf(deal, 'lotCode'))[0] === lot,
  );
  return deals.length > 0 && deals.every((deal) => dealHasCome(deal, until));
}

function dealHasCome(deal: UnionRecord, until: Milestone): boolean {
  const now = new Date().toISOString();
  const told = (name: string): string | undefined => textsOf(deal, fieldOf(deal, name))[0];
  const over = (name: string): string | undefined => endOf(told(name), deal.wire[fieldOf(deal, name).wire[0]?.code ?? '']);
  const [opened, decided] = [over('opensAt'), over('decidedAt')];
  const isDecided = decided !== undefined && decided <= now;
  // A decision older than the opening belongs to an earlier round of the same lot.
  if (until === 'RESULT') return isDecided && (told('opensAt') ?? '') <= decided;
  // What was awarded has been opened, even where nobody told when.
  return opened === undefined ? deal.wire['STATE'] === 'AWARDED' && isDecided : opened <= now;
}

/** A moment told as a day, without an hour, has passed when the day is over. */
function endOf(instant: string | undefined, sent = ''): string | undefined {
  const isDay = sent.replaceAll(/\D/g, '').length <= 8;
  return instant === undefined || !isDay ? instant : new Date(Date.parse(instant) + 86_400_000).toISOString();
}

/** @returns The field as the graph shows it, or what stands for a sealed one. */
export function shownValue(union: Union, record: UnionRecord, field: Field): unknown {
  const sealed = field.sealed !== undefined && !hasCome(union, record, field.sealed);
  if (sealed) return field.list ? [] : null;
  return decodeField(field, record.wire, (list, code) => union.codes.label(list, code));
}

/** @returns Negative when `a` sorts before `b`: nulls last in both directions, then by id. */
export function compareRecords(
  a: UnionRecord,
  b: UnionRecord,
  { by, descending }: { readonly by: string; readonly descending: boolean },
): number {
  const sort = (record: UnionRecord): string | undefined =>
    by === 'receivedAt' ? record.receivedAt : textsOf(record, fieldOf(record, by))[0];
  const [x, y] = [sort(a), sort(b)];
  if (x === undefined || y === undefined) {
    if (x !== y) return x === undefined ? 1 : -1;
    return compareText(a.id, b.id);
  }
  const decimal = by !== 'receivedAt' && sortKindOf(fieldOf(a, by).graphType) === 'decimal';
  const compared = decimal ? new Decimal(x).comparedTo(y) : compareText(x, y);
  return (descending ? -compared : compared) || compareText(a.id, b.id);
}

/** By the bytes of UTF-8. */
export function compareText(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
