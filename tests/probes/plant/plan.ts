/**
 * Everything that is planted in one system: records of every dataset for every lot of every story.
 * @see design/graph.md «Who sees what»
 */
import { type CodeLists, type Dataset, type SystemRow, type WireRecord, law } from '@hub/schema';

import { planBoard } from './board.ts';
import { type Lot, latest, lots, moments } from './lots.ts';
import { textMark } from './marks.ts';
import { type Numbering, type Onlooker, numberingOf } from './numbering.ts';
import type { Secret } from './secret.ts';
import { codesOfLots, happens, platformOf, timesOf } from './subjects.ts';
import { plantValues } from './values.ts';

/** A record with what in it is secret. */
export interface PlannedRecord {
  readonly record: WireRecord;
  readonly dataset: Dataset;
  readonly secrets: readonly Secret[];
  /** From when the record as a whole may be read, ms since 1970; 0 when nothing seals it. */
  readonly fromMs: number;
}

/** One system to be planted. */
export interface PlanOptions {
  readonly system: SystemRow;
  /** Its place in the province: business codes and marks are its own. */
  readonly place: number;
  readonly codes: CodeLists;
  /** What this caller may not read is otherwise in this world. */
  readonly otherwiseTo?: Onlooker | undefined;
}

/** Lots that some records name together. */
const together = [
  ['plain', 'postponed'],
  ['plain', 'nothing told'],
] as const;

/** @returns The datasets of the trade contracts. */
function tradeDatasets(): readonly Dataset[] {
  return law()
    .contracts.filter(({ contract }) => contract.category !== undefined)
    .flatMap(({ contract }) => contract.datasets);
}

/** @returns All records. */
export function planSystem(options: PlanOptions): readonly PlannedRecord[] {
  const numbering = numberingOf(options.place, options.otherwiseTo);
  const sets: (readonly Lot[])[] = [
    ...lots.map((lot) => [lot]),
    ...together.map((names) => lots.filter(({ name }) => names.some((other) => other === name))),
  ];
  const planned = tradeDatasets().flatMap((dataset) => {
    const named = namesLots(dataset) ? sets.filter((set) => happens(dataset, set)) : projects();
    return named.flatMap((set) => planSet(dataset, set, { ...options, numbering }));
  });
  return [...planned, ...planDecoys(options, numbering), ...planBoard({ ...options, numbering })];
}

/** What another system tells of a lot of the same code: it opened and was awarded there, which is nothing to this one. */
function planDecoys({ place, ...rest }: PlanOptions, numbering: Numbering): readonly PlannedRecord[] {
  const decoys = lots
    .filter(({ name }) => name === 'nothing told')
    .map((lot): Lot => ({ ...lot, told: { notice: moments.past }, award: moments.past }));
  if (place === 0) return [];
  return tradeDatasets()
    .filter(({ type }) => type === 'TenderNotice' || type === 'AwardNotice')
    .map((dataset) => planRecord(dataset, decoys, { ...rest, place: place - 1, numbering, index: 9 }));
}

function namesLots(dataset: Dataset): boolean {
  return dataset.fields.some(({ wire }) => wire.some(({ id }) => id === 'bidSectionCode'));
}

function projects(): readonly (readonly Lot[])[] {
  return [...Map.groupBy(lots, ({ project }) => project).values()];
}

interface SetOptions extends PlanOptions {
  readonly numbering: Numbering;
}

function planSet(dataset: Dataset, named: readonly Lot[], options: SetOptions): readonly PlannedRecord[] {
  const { numbering } = options;
  const fromMs = sealOf(dataset, named);
  // How many records are sealed is a secret too.
  const otherwise = numbering.isOtherwise({ reader: 'PUBLIC', fromMs });
  const places = dataset.sealed === undefined ? [0, 1] : [0, 1, 2];
  return places.flatMap((index) => {
    const planned = planRecord(dataset, named, { ...options, index });
    // The second takes the place of the first where the record's own fields are its key.
    if (index === 0 && dataset.key.length > 0)
      return [{ ...planned, secrets: planned.secrets.map((secret) => ({ ...secret, reader: 'NOBODY' as const })) }];
    const there = dataset.sealed === undefined || (otherwise ? index === 2 || named.length > 1 : index < 2);
    return there ? [planned] : [];
  });
}

function planRecord(dataset: Dataset, named: readonly Lot[], options: SetOptions & { readonly index: number }): PlannedRecord {
  const { system, place, codes, numbering, index } = options;
  const fromMs = sealOf(dataset, named);
  const at = named.map(({ name }) => name).join(' + ');
  const identifiers = new Map(codesOfLots(named, place));
  if (dataset.type === 'TenderNotice' && named.some(({ byProject }) => byProject === true)) identifiers.set('bidSectionCode', []);
  const { fields, secrets } = plantValues(dataset, {
    system: system.code,
    codes,
    at,
    identifiers,
    told: {
      ...platformOf(system),
      ...kindOfEnd(dataset, named),
      ATTACHMENT_CODE: `file-${place}-${lots.findIndex(({ name }) => name === named[0]?.name)}`,
    },
    times: timesOf(dataset, named),
    fromMs: (until) => latest(named, until),
    joined: index % 2 === 1,
    number: (readable) => numbering.next(readable),
  });
  const key = textMark(numbering.next({ reader: 'PUBLIC', fromMs }));
  const keyed = fromMs > 0 || dataset.key.length === 0;
  const ofKey: readonly Secret[] =
    fromMs === 0 ? [] : [{ mark: key, found: 'mark', reader: 'PUBLIC', fromMs, at: `${dataset.type}.id, ${at}, ${system.code}` }];
  return {
    dataset,
    fromMs,
    record: { dataset: dataset.code, dataKey: keyed ? key : undefined, op: 'put', fields },
    secrets: [...secrets, ...ofKey],
  };
}

/** When the record as a whole may be read: 0 when nothing seals it. */
function sealOf(dataset: Dataset, named: readonly Lot[]): number {
  return dataset.sealed === undefined ? 0 : latest(named, dataset.sealed.until);
}

function kindOfEnd({ type }: Dataset, [lot]: readonly Lot[]): Readonly<Record<string, string>> {
  return type === 'TenderAbnormality' && lot?.end !== undefined ? { EXCEPITON_TYPE: lot.end.kind } : {};
}
