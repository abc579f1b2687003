import { type Dataset, readContract } from '@hub/schema';
import { describe, expect, test } from 'vitest';

import { dirtTable } from '../dirt/dirt-table.ts';
import { randomFrom } from '../random.ts';
import { genericKinds, spoilGenerically } from './generic-dirt.ts';

const { datasets } = readContract(`
extend schema @contract(name: "toys", version: "1.0.0", edition: "none", title: "玩具", category: "toys", direction: PUBLIC_PAYS)
type Call @dataset(code: "CALL", key: [], why: "A toy.")
  @notice(stage: "TENDER", title: "title", publishedAt: "day", html: "text") @deal(lot: "lot", count: true) {
  title: String @wire(code: "NAME", type: "C..100") @visibility(to: PUBLIC)
  text: String @wire(code: "PAGE", type: "C..ul") @visibility(to: PUBLIC)
  lot: String @wire(code: "LOT", type: "C..20") @visibility(to: PUBLIC) @indexed
  day: Date @wire(code: "DAY", type: "yyyyMMdd") @visibility(to: PUBLIC)
  end: Date @wire(code: "END", type: "yyyyMMdd") @visibility(to: PUBLIC)
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
};
const tries = 20_000;

function spoilt(dataset: Dataset | undefined): readonly ReturnType<typeof spoilGenerically>[] {
  if (dataset === undefined) throw new RangeError('no dataset');
  return Array.from({ length: tries }, (_, index) => spoilGenerically(dataset, fields, randomFrom(`dirt/${index}`)));
}

describe('dirt by what a field is for, in the share its table says', () => {
  const [call, leaf] = datasets;
  const all = [...spoilt(call), ...spoilt(leaf)];

  test.each(genericKinds.map((kind) => ({ kind })))('$kind', ({ kind }) => {
    const { share } = dirtTable[kind];
    const found = all.filter(({ dirt }) => dirt.includes(kind)).length;
    expect(Math.abs(found - tries * share)).toBeLessThan(4 * Math.sqrt(tries * share * (1 - share)));
  });

  test('each changes its own field and nothing else', () => {
    const changed = (kind: (typeof genericKinds)[number]): readonly string[] => [
      ...new Set(
        all
          .filter(({ dirt }) => dirt.includes(kind))
          .flatMap(({ fields: after }) =>
            Object.entries(fields).flatMap(([code, before]) => (new Map(Object.entries(after)).get(code) === before ? [] : [code])),
          ),
      ),
    ];
    expect(genericKinds.map((kind) => [kind, changed(kind)])).toEqual([
      ['wrongPartyCheck', ['WHO']],
      // What the board goes by keeps its form.
      ['slashDate', ['END']],
      ['unsafeHtml', ['PAGE']],
      ['truncatedTitle', ['NAME']],
      ['missingKey', []],
    ]);
    expect(all.filter(({ keyless, dirt }) => keyless !== dirt.includes('missingKey'))).toEqual([]);
  });
});
