import { type Dataset, readContract } from '@hub/schema';
import { describe, expect, test } from 'vitest';

import { randomFrom } from '../random.ts';
import { dirtKinds, dirtOf, spoil } from './dirt.ts';
import { type DirtKind, dirtTable } from './dirt-kinds.ts';

const { datasets } = readContract(`
extend schema @contract(name: "toys", version: "1.0.0", edition: "none", title: "玩具", category: "toys", direction: PUBLIC_PAYS)
type Call @dataset(code: "CALL", key: [], why: "A toy.")
  @notice(stage: "TENDER", title: "title", publishedAt: "day", html: "text") @deal(lot: "lot", count: true) {
  title: String @wire(code: "NAME", type: "C..100") @visibility(to: PUBLIC)
  text: String @wire(code: "PAGE", type: "C..ul") @visibility(to: PUBLIC)
  lot: String @wire(code: "LOT", type: "C..20") @visibility(to: PUBLIC) @indexed
  day: Date @wire(code: "DAY", type: "yyyyMMdd") @visibility(to: PUBLIC)
  end: Date @wire(code: "END", type: "yyyyMMdd") @visibility(to: PUBLIC)
  sum: Money @wire(code: "SUM", type: "N..9,2", part: "amount") @wire(code: "UNIT", type: "C1", part: "unit", list: "PRICE_UNIT") @visibility(to: PUBLIC)
  who: Party @wire(code: "WHO", type: "C..18", part: "code", id: "partyCode") @visibility(to: PUBLIC)
}
type News @dataset(code: "NEWS", key: [], why: "A toy.") @notice(stage: "TENDER", title: "title", publishedAt: "day", lots: "lot") {
  title: String @wire(code: "NAME", type: "C..100") @visibility(to: PUBLIC)
  lot: String @wire(code: "LOT", type: "C..20") @visibility(to: PUBLIC) @indexed
  day: Date @wire(code: "DAY", type: "yyyyMMdd") @visibility(to: PUBLIC)
  deal: UnifiedDealCode @wire(code: "DEAL", type: "C40", id: "unifiedDealCode") @visibility(to: PUBLIC)
  at: DateTime @wire(code: "AT", type: "yyyyMMddHHmmss") @visibility(to: PUBLIC)
  all: [Party!] @wire(code: "ALL", type: "C..99", part: "name", multi: true) @wire(code: "ALL_CODES", type: "C..99", part: "code", id: "partyCode", multi: true) @visibility(to: PUBLIC)
}
type Award @dataset(code: "AWARD", key: [], why: "A toy.")
  @notice(stage: "AWARD", title: "title", publishedAt: "day", lots: "lot") @deal(lot: "lot", price: "sum", decidedAt: "day", state: "AWARDED") {
  title: String @wire(code: "NAME", type: "C..100") @visibility(to: PUBLIC)
  lot: String @wire(code: "LOT", type: "C..20") @visibility(to: PUBLIC) @indexed
  day: Date @wire(code: "DAY", type: "yyyyMMdd") @visibility(to: PUBLIC)
  sum: Money @wire(code: "SUM", type: "N..9,2", part: "amount") @wire(code: "UNIT", type: "C1", part: "unit", list: "PRICE_UNIT", required: true) @visibility(to: PUBLIC)
}
type Leaf @dataset(code: "LEAF", key: [], why: "A toy.") {
  title: String @wire(code: "NAME", type: "C..100") @visibility(to: PUBLIC)
  end: Date @wire(code: "END", type: "yyyyMMdd") @visibility(to: PUBLIC)
  sum: Money @wire(code: "FEE", type: "N..9,2", part: "amount") @wire(code: "FEE_UNIT", type: "C1", part: "unit", list: "PRICE_UNIT") @visibility(to: PUBLIC)
}`);
const fields = {
  NAME: '一则很长很长很长很长很长很长很长很长很长很长的公告标题7',
  PAGE: '<p>正文</p>',
  LOT: 'L1',
  DAY: '20260105',
  END: '20260106',
  WHO: '91440101DEM1000019',
  SUM: '400000',
  UNIT: '0',
  FEE: '400000',
  FEE_UNIT: '1',
  DEAL: 'A02-123100007847653857-20161012-000015-Q',
  AT: '20260105093000',
  ALL: '甲局;乙局',
  ALL_CODES: '11440101DEM1000019;11440101DEM1000027',
};
const tries = 20_000;

function spoilt(dataset: Dataset | undefined): readonly ReturnType<typeof spoil>[] {
  if (dataset === undefined) throw new RangeError('no dataset');
  return Array.from({ length: tries }, (_, index) => spoil(dataset, fields, randomFrom(`dirt/${index}`)));
}

describe('dirt by what a field is for, in the share its table says', () => {
  const [call, news, award, leaf] = datasets;
  const all = [call, news, award, leaf].flatMap((dataset) => spoilt(dataset));
  /** How many of them have where it would stand. */
  const room = (kind: DirtKind): number =>
    datasets.filter((dataset) => dirtOf(dataset, fields, randomFrom('room')).includes(kind)).length * tries;

  test.each(dirtKinds.map((kind) => ({ kind })))('$kind', ({ kind }) => {
    const { share } = dirtTable[kind];
    const found = all.filter(({ dirt }) => dirt.includes(kind)).length;
    expect(room(kind)).toBeGreaterThan(0);
    expect(Math.abs(found - room(kind) * share)).toBeLessThan(4 * Math.sqrt(room(kind) * share * (1 - share)));
  });

  test('each changes its own field and nothing else', () => {
    const changed = (kind: DirtKind): readonly string[] => [
      ...new Set(
        all
          .filter(({ dirt }) => dirt.includes(kind))
          .flatMap(({ fields: after }) =>
            Object.keys({ ...fields, ...after }).filter(
              (code) => new Map(Object.entries(after)).get(code) !== new Map(Object.entries(fields)).get(code),
            ),
          ),
      ),
    ];
    expect(Object.fromEntries(dirtKinds.map((kind) => [kind, changed(kind).toSorted()]))).toEqual({
      wrongPartyCheck: ['ALL_CODES', 'WHO'],
      // What the board goes by keeps its form.
      slashDate: ['AT', 'END'],
      unsafeHtml: ['PAGE'],
      truncatedTitle: ['NAME'],
      missingKey: [],
      missingUnit: ['FEE_UNIT', 'UNIT'],
      misspeltField: ['NAM'],
      wrongDealCheck: ['DEAL'],
      lowerCaseCode: ['DEAL', 'WHO'],
      oldOrganisationCode: ['WHO'],
      nameOnly: ['ALL_CODES', 'WHO'],
      tenThousandsAsYuan: ['FEE_UNIT'],
      yuanAsTenThousands: ['UNIT'],
      unequalParties: ['ALL', 'ALL_CODES'],
      oddDay: ['END'],
      spacedTime: ['AT'],
      impossibleDate: ['END'],
      codeInTitle: ['NAME'],
      fullWidthTitle: ['NAME'],
      sameNoticeTwice: [],
    });
  });

  test('what decides a lot is never told twice', () => {
    const twice = datasets.filter((dataset) => dirtOf(dataset, fields, randomFrom('twice')).includes('sameNoticeTwice'));
    expect(twice.map(({ code }) => code)).toEqual(['NEWS']);
  });

  test('forms as people and programs write them', () => {
    const forms = (kind: DirtKind, code: string): readonly string[] =>
      [
        ...new Set(all.flatMap(({ dirt, fields: after }) => (dirt.includes(kind) ? [new Map(Object.entries(after)).get(code) ?? ''] : []))),
      ].toSorted();
    expect(forms('spacedTime', 'AT')).toEqual(['2026-01-05 09:30:00']);
    expect(forms('oddDay', 'END')).toEqual(['20260106000000', '2026年1月6日']);
    expect(forms('oldOrganisationCode', 'WHO')).toEqual(['DEM10000-1', 'DEM100001']);
  });
});
