import { type Dataset, readContract } from '@hub/schema';
import { describe, expect, test } from 'vitest';

import { randomFrom } from '../random.ts';
import { type DirtKind, dirtKinds, dirtTable, spoil } from './dirt.ts';

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
type Leaf @dataset(code: "LEAF", key: [], why: "A toy.") {
  title: String @wire(code: "NAME", type: "C..100") @visibility(to: PUBLIC)
}`);
const fields = {
  NAME: '一则很长很长很长很长很长很长很长很长很长很长的公告标题',
  PAGE: '<p>正文</p>',
  LOT: 'L1',
  DAY: '20260105',
  END: '20260106',
  WHO: '91440101DEM1000019',
  SUM: '5',
  UNIT: '0',
};
const tries = 20_000;

function spoilt(dataset: Dataset | undefined): readonly ReturnType<typeof spoil>[] {
  if (dataset === undefined) throw new RangeError('no dataset');
  return Array.from({ length: tries }, (_, index) => spoil(dataset, fields, randomFrom(`dirt/${index}`)));
}

describe('dirt by what a field is for, in the share its table says', () => {
  const [call, leaf] = datasets;
  const all = [...spoilt(call), ...spoilt(leaf)];

  test.each(dirtKinds.map((kind) => ({ kind })))('$kind', ({ kind }) => {
    const { share } = dirtTable[kind];
    const found = all.filter(({ dirt }) => dirt.includes(kind)).length;
    expect(Math.abs(found - tries * share)).toBeLessThan(4 * Math.sqrt(tries * share * (1 - share)));
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
    expect(dirtKinds.map((kind) => [kind, changed(kind)])).toEqual([
      ['wrongPartyCheck', ['WHO']],
      // What the board goes by keeps its form.
      ['slashDate', ['END']],
      ['unsafeHtml', ['PAGE']],
      ['truncatedTitle', ['NAME']],
      ['missingKey', []],
      ['missingUnit', ['UNIT']],
      ['misspeltField', ['NAM']],
    ]);
    expect(all.filter(({ keyless, dirt }) => keyless !== dirt.includes('missingKey'))).toEqual([]);
  });
});
