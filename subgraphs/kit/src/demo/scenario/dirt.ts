/**
 * Dirt as real data has it, put on records of any dataset in a known share.
 * @see standard/exchange.md 10; standard/identifiers.md
 */
import type { Dataset } from '@hub/schema';

import type { Random } from '../random.ts';
import { type DemoFields, type DirtKind, type DirtRule, dirtTable } from './dirt-kinds.ts';
import { type DirtPlace, placesOf } from './dirt-place.ts';

/** A record as it will be sent, and what is wrong with it. */
interface Spoilt {
  readonly fields: DemoFields;
  readonly dirt: readonly DirtKind[];
}

/** A kind that a dataset has room for. */
interface Room {
  readonly kind: DirtKind;
  readonly rule: DirtRule;
  readonly places: readonly DirtPlace[];
}

/** The kinds as a list. */
export const dirtKinds: readonly DirtKind[] = Object.keys(dirtTable).filter((kind) => isKind(kind));

function isKind(text: string): text is DirtKind {
  return Object.hasOwn(dirtTable, text);
}

const known = new WeakMap<Dataset, readonly Room[]>();

/** @param random - Of this record alone. @returns The record with at most one kind of dirt. */
export function spoil(dataset: Dataset, fields: DemoFields, random: Random): Spoilt {
  const chance = random.next();
  const rooms = roomsOf(dataset);
  let reached = 0;
  // Most records stay clean whatever they hold: nothing is looked at then.
  if (chance < rooms.reduce((sum, { rule }) => sum + rule.share, 0)) {
    for (const room of rooms) {
      const changes = changesOf(room, fields, random);
      if (changes === undefined) continue;
      reached += room.rule.share;
      if (chance < reached) return { fields: applied(fields, changes), dirt: [room.kind] };
    }
  }
  return { fields, dirt: [] };
}

/** @returns The kinds that a clean record has room for. */
export function dirtOf(dataset: Dataset, fields: DemoFields, random: Random): readonly DirtKind[] {
  return roomsOf(dataset).flatMap((room) => (changesOf(room, fields, random) === undefined ? [] : [room.kind]));
}

function roomsOf(dataset: Dataset): readonly Room[] {
  const places = known.has(dataset) ? [] : placesOf(dataset);
  const rooms =
    known.get(dataset) ??
    dirtKinds
      .map((kind) => ({ kind, rule: dirtTable[kind], places: places.filter(dirtTable[kind].at) }))
      .filter((room) => room.places.length > 0);
  known.set(dataset, rooms);
  return rooms;
}

/** Of the first place where this can be. */
function changesOf({ rule, places }: Room, fields: DemoFields, random: Random): DemoFields | undefined {
  for (const place of places) {
    const value = place.code === '' ? '' : fields[place.code];
    const changes = value === undefined ? undefined : rule.spoil(value, { fields, place, random });
    if (changes !== undefined) return changes;
  }
  return undefined;
}

function applied(fields: DemoFields, changes: DemoFields): DemoFields {
  return Object.fromEntries(Object.entries({ ...fields, ...changes }).filter(([code]) => changes[code] !== ''));
}
