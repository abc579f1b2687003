/**
 * Dirt as real data has it, put on records of any dataset by what its fields are for: kinds, shares, and what the law says.
 * @see standard/exchange.md 10; standard/identifiers.md
 */
import { type BoardMapping, type Dataset, readNotation, type WireField } from '@hub/schema';

import type { Random } from '../random.ts';

type DemoFields = Readonly<Record<string, string>>;

/** A record as it will be sent. */
interface Spoilt {
  readonly fields: DemoFields;
  readonly dirt: readonly DirtKind[];
  readonly keyless: boolean;
}

/** One kind of dirt. */
interface DirtRule {
  /** Seen where. */
  readonly seen: string;
  /** Share of the records that have where it would stand. */
  readonly share: number;
  /** What validation says: nothing, a warning, or no. */
  readonly effect: 'none' | 'warning' | 'refusal';
}

/** Every kind, in the order in which shares are laid out. */
export const dirtTable = {
  wrongPartyCheck: { seen: 'credit codes typed by hand', share: 0.015, effect: 'warning' },
  slashDate: { seen: 'two forms of dates in one record', share: 0.03, effect: 'warning' },
  unsafeHtml: { seen: 'pages stored as they came', share: 0.05, effect: 'none' },
  truncatedTitle: { seen: 'lists that cut titles', share: 0.03, effect: 'none' },
  missingKey: { seen: 'rows without any key', share: 0.02, effect: 'refusal' },
  missingUnit: { seen: 'prices without a unit', share: 0.02, effect: 'none' },
  misspeltField: { seen: 'names that are misspelt where the standard is right', share: 0.02, effect: 'warning' },
} as const satisfies Record<string, DirtRule>;

export type DirtKind = keyof typeof dirtTable;

/** The kinds as a list. */
export const dirtKinds: readonly DirtKind[] = Object.keys(dirtTable).filter((kind) => isKind(kind));

function isKind(text: string): text is DirtKind {
  return Object.hasOwn(dirtTable, text);
}

const titleCharacters = 22;
/** What pages bring along and nobody may be shown: scripts, handlers, frames, addresses that run code. */
const unsafe = [
  '<script>document.title="demo"</script>',
  '<p onclick="alert(1)">点击查看附件</p>',
  '<iframe src="https://frame.example/"></iframe>',
  '<a href="javascript:alert(1)">下载</a>',
  '<img src="x" onerror="alert(1)"><style>p{display:none}</style>',
] as const;

/** Where a kind would stand in a record of this dataset; undefined: nowhere. */
type Sites = Readonly<Partial<Record<DirtKind, string>>>;

const sites = new WeakMap<Dataset, Sites>();

/** @param random - Of this record alone. @returns The record with at most one kind of dirt. */
export function spoil(dataset: Dataset, fields: DemoFields, random: Random): Spoilt {
  const places = sites.get(dataset) ?? sitesOf(dataset);
  sites.set(dataset, places);
  const chance = random.next();
  let reached = 0;
  for (const kind of dirtKinds) {
    const code = places[kind];
    if (code === undefined || (code !== '' && fields[code] === undefined)) continue;
    reached += dirtTable[kind].share;
    if (chance < reached) return { fields: changed(kind, code, { fields, random }), dirt: [kind], keyless: kind === 'missingKey' };
  }
  return { fields, dirt: [], keyless: false };
}

function changed(kind: DirtKind, code: string, { fields, random }: { readonly fields: DemoFields; readonly random: Random }): DemoFields {
  const value = fields[code] ?? '';
  switch (kind) {
    case 'missingKey':
      return fields;
    case 'missingUnit':
      return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== code));
    case 'misspeltField':
      return { ...fields, [code.slice(0, -1)]: value };
    case 'wrongPartyCheck':
      // Another last character of both alphabets.
      return { ...fields, [code]: `${value.slice(0, -1)}${value.endsWith('1') ? '2' : '1'}` };
    case 'slashDate':
      return { ...fields, [code]: `${value.slice(0, 4)}/${value.slice(4, 6)}/${value.slice(6, 8)}` };
    case 'unsafeHtml':
      return { ...fields, [code]: `${random.pick(unsafe)}${value}${random.pick(unsafe)}` };
    case 'truncatedTitle':
      // By characters: a cut between two halves of one would be no text at all.
      return { ...fields, [code]: `${[...value].slice(0, titleCharacters).join('')}...` };
  }
}

function sitesOf(dataset: Dataset): Sites {
  const { notice, deal, key, fields } = dataset;
  const mapped = [...namesIn(notice), ...namesIn(deal)];
  const title = typeof notice?.['title'] === 'string' ? notice['title'] : undefined;
  const codes = new Set(fields.flatMap(({ wire }) => wire.map(({ code }) => code)));
  const found: Readonly<Record<DirtKind, string | undefined>> = {
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
    missingUnit: wireWhere(dataset, ({ part, required, requiredWhen }) => part === 'unit' && !required && requiredWhen === undefined),
    misspeltField: wireWhere(dataset, ({ code }, name) => name === title && !codes.has(code.slice(0, -1))),
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
