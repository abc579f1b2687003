/**
 * Dirt that any dataset may have, found by what its fields are for: the kinds and shares are those of the one table.
 * @see demo/dirt/dirt-table.ts; standard/exchange.md 10
 */
import { type BoardMapping, type Dataset, readNotation, type WireField } from '@hub/schema';

import { wrongCheck } from '../dirt/codes.ts';
import type { DemoFields } from '../dirt/dirt-rule.ts';
import { dirtTable, type DirtKind } from '../dirt/dirt-table.ts';
import type { Random } from '../random.ts';

/** A record as it will be sent. */
export interface Spoilt {
  readonly fields: DemoFields;
  readonly dirt: readonly DirtKind[];
  readonly keyless: boolean;
}

/** Kinds that need nothing but the contract to be put on. */
export const genericKinds = ['wrongPartyCheck', 'slashDate', 'unsafeHtml', 'truncatedTitle', 'missingKey'] as const;
type GenericKind = (typeof genericKinds)[number];

/** Where a kind would stand in a record of this dataset; undefined: nowhere. */
type Sites = Readonly<Partial<Record<GenericKind, string>>>;

const sites = new WeakMap<Dataset, Sites>();

/** @param random - Of this record alone. @returns The record with at most one kind of dirt. */
export function spoilGenerically(dataset: Dataset, fields: DemoFields, random: Random): Spoilt {
  const places = sites.get(dataset) ?? sitesOf(dataset);
  sites.set(dataset, places);
  const chance = random.next();
  let reached = 0;
  for (const kind of genericKinds) {
    const code = places[kind];
    if (code === undefined || (code !== '' && fields[code] === undefined)) continue;
    reached += dirtTable[kind].share;
    if (chance < reached) return { fields: spoil(kind, code, { fields, random }), dirt: [kind], keyless: kind === 'missingKey' };
  }
  return { fields, dirt: [], keyless: false };
}

function spoil(kind: GenericKind, code: string, { fields, random }: { readonly fields: DemoFields; readonly random: Random }): DemoFields {
  if (kind === 'missingKey') return fields;
  const value = fields[code] ?? '';
  const changed: Readonly<Record<Exclude<GenericKind, 'missingKey'>, () => string>> = {
    wrongPartyCheck: () => wrongCheck(value),
    slashDate: () => `${value.slice(0, 4)}/${value.slice(4, 6)}/${value.slice(6, 8)}`,
    unsafeHtml: () => dirtTable.unsafeHtml.spoil({ NOTICE_CONTENT: value }, random)['NOTICE_CONTENT'] ?? value,
    truncatedTitle: () => dirtTable.truncatedTitle.spoil({ NOTICE_NAME: value })['NOTICE_NAME'] ?? value,
  };
  return { ...fields, [code]: changed[kind]() };
}

function sitesOf(dataset: Dataset): Sites {
  const { notice, deal, key } = dataset;
  const mapped = [...namesIn(notice), ...namesIn(deal)];
  const title = typeof notice?.['title'] === 'string' ? notice['title'] : undefined;
  const found: Readonly<Record<GenericKind, string | undefined>> = {
    // Rows of bidders: nobody else's record hangs on such a code.
    wrongPartyCheck: deal?.['count'] === true ? wireWhere(dataset, ({ id }) => id === 'partyCode') : undefined,
    // A day in place of a minute on what the board goes by would change the story.
    slashDate: wireWhere(
      dataset,
      ({ type, code }, name) => !mapped.includes(name) && code !== 'DATA_TIMESTAMP' && readNotation(type)?.kind === 'date',
    ),
    unsafeHtml: typeof notice?.['html'] === 'string' ? wireOf(dataset, notice['html']) : undefined,
    // Where the title is also the lot, a cut one would be another lot.
    truncatedTitle: title !== undefined && mapped.filter((name) => name === title).length === 1 ? wireOf(dataset, title) : undefined,
    // Only what no story hangs on: nothing of the board's, nothing with a key of its own.
    missingKey: notice === undefined && deal === undefined && key.length === 0 ? '' : undefined,
  };
  return Object.fromEntries(Object.entries(found).filter(([, code]) => code !== undefined));
}

/** Graph fields a mapping names. */
function namesIn(mapping: BoardMapping | undefined): readonly string[] {
  return Object.values(mapping ?? {}).flatMap((value) => (typeof value === 'boolean' ? [] : value));
}

function wireOf(dataset: Dataset, name: string): string | undefined {
  return dataset.fields.find((field) => field.name === name)?.wire[0]?.code;
}

function wireWhere(dataset: Dataset, fits: (wire: WireField, name: string) => boolean): string | undefined {
  return dataset.fields.flatMap(({ name, wire }) => wire.filter((one) => one.code !== '' && fits(one, name)))[0]?.code;
}
