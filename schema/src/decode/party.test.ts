import { describe, expect, test } from 'vitest';

import { sharedFiles } from '../../generated/law-files.ts';
import { readContract } from '../read-contract.ts';
import { decodeField } from './decode-field.ts';
import { indexValue } from './index-value.ts';
import { joinParts } from './join-parts.ts';

const [bidders, agency] =
  readContract(`extend schema @contract(name: "c", version: "1.0.0", edition: "e", title: "t")
  type T @dataset(code: "T", key: [], why: "w") {
    bidders: [Party!]! @wire(code: "N", type: "C..300", part: "name", multi: true) @wire(code: "C", type: "C..200", part: "code", multi: true)
      @wire(code: "K", type: "C1", part: "kind", list: "SUBJECT_TYPE") @wire(code: "R", type: "C..20", part: "role", list: "SUBJECT_ROLE")
    agency: Party @wire(code: "AN", type: "C..300", part: "name") @wire(code: "AC", type: "C..200", part: "code")
  }`).datasets[0]?.fields ?? [];
if (bidders === undefined || agency === undefined) throw new Error('the contract has two fields');

const labels = () => undefined;
const party = (name: string | null, code: string | null = null, entity: string | null = null) => ({
  name,
  code,
  kind: null,
  role: null,
  entity: entity === null ? null : { __typename: 'MarketEntity', code: entity },
});

describe('parties (design/graph.md «Types»)', () => {
  test('parallel lists are joined by position; a part that is no list is of the one named first', () => {
    const fields = { N: '甲公司;乙公司;丙公司', C: '91440300093677087r;;HK-22', R: '03', K: '2' };
    expect(decodeField(bidders, fields, labels)).toEqual([
      {
        ...party('甲公司', '91440300093677087r', '91440300093677087R'),
        kind: { code: '2', label: null },
        role: { code: '03', label: null },
      },
      party('乙公司'),
      party('丙公司', 'HK-22'),
    ]);
    expect(indexValue(bidders, fields)).toEqual({ names: ['甲公司', '乙公司', '丙公司'], codes: ['91440300093677087R', 'HK-22'] });
    expect(joinParts(bidders, fields).unequal).toBe(false);
  });

  test('a code that does not verify leads to no register', () => {
    expect(decodeField(bidders, { N: '甲', C: '91359128593462349A' }, labels)).toEqual([party('甲', '91359128593462349A')]);
  });

  test('one code for many names is of the one named first, so that nobody is shown under another’s register entry', () => {
    const fields = { N: '甲公司;乙公司', C: '91440300093677087R', R: '03' };
    expect(decodeField(bidders, fields, labels)).toEqual([
      { ...party('甲公司', '91440300093677087R', '91440300093677087R'), role: { code: '03', label: null } },
      party('乙公司'),
    ]);
    expect(joinParts(bidders, fields).unequal).toBe(false);
    // The directive's own words, which contract authors read.
    expect(sharedFiles.directives).toContain('a part without multi, or with one item only, is of the party named first');
  });

  test('lists of unequal length are not joined: names only, yet all can be searched', () => {
    const fields = { N: '甲;乙;丙', C: 'HK-22;HK-23' };
    expect(joinParts(bidders, fields).unequal).toBe(true);
    expect(decodeField(bidders, fields, labels)).toEqual([party('甲'), party('乙'), party('丙')]);
    expect(indexValue(bidders, fields)).toEqual({ names: ['甲', '乙', '丙'], codes: ['HK-22', 'HK-23'] });
    expect(joinParts(bidders, { N: '甲', C: 'HK-22;HK-23' }).unequal).toBe(true);
  });

  test("a person's number never leaves, neither shown nor searchable; the person stands without it", () => {
    const fields = { N: '张三;;乙公司', C: '11010519491231002X;110105491231002;HK-22' };
    expect(decodeField(bidders, fields, labels)).toEqual([party('张三'), party(null), party('乙公司', 'HK-22')]);
    expect(indexValue(bidders, fields)).toEqual({ names: ['张三', '乙公司'], codes: ['HK-22'] });
    expect(decodeField(agency, { AN: '张三', AC: '11010519491231002X' }, labels)).toEqual(party('张三'));
    expect(JSON.stringify([decodeField(bidders, fields, labels), indexValue(bidders, fields)])).not.toMatch(/1101/);
  });

  test("nor does the number of a person's passport", () => {
    expect(decodeField(agency, { AN: '某人', AC: 'G12345678' }, labels)).toEqual(party('某人'));
    expect(indexValue(agency, { AN: '某人', AC: 'G12345678' })).toEqual({ names: ['某人'], codes: [] });
  });

  test('a single party is not split', () => {
    expect(decodeField(agency, { AN: '甲;乙', AC: 'HK-22' }, labels)).toEqual(party('甲;乙', 'HK-22'));
    expect(indexValue(agency, { AN: '甲;乙', AC: 'HK-22' })).toEqual({ names: ['甲;乙'], codes: ['HK-22'] });
  });

  test('nobody', () => {
    expect(decodeField(agency, {}, labels)).toBeNull();
    expect(decodeField(bidders, { R: '03' }, labels)).toEqual([]);
    expect(indexValue(agency, {})).toEqual({ names: [], codes: [] });
  });
});
