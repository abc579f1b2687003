import { describe, expect, test } from 'vitest';

import { loadCodeLists } from './codes.ts';
import { HubError } from './errors.ts';

const codes = loadCodeLists([
  {
    name: 'REGION',
    complete: false,
    values: [
      { code: '10', label: '甲市', labelEn: 'Jia', until: '2020-01-01' },
      { code: '10', label: '乙市', from: '2020-01-01' },
      { code: '20', label: '丙市' },
    ],
  },
  { name: 'YES_NO', complete: true, values: [{ code: '1', label: '是' }] },
  { name: 'DARK', complete: null, values: [] },
  {
    name: 'CATEGORY',
    complete: false,
    values: [
      { code: 'a', label: '采购', direction: 'PUBLIC_PAYS' },
      { code: 'b', label: '其他' },
    ],
  },
]);

describe('code lists', () => {
  test('a label is the one of its day, else the latest', () => {
    expect(codes.label('REGION', '10', '2019-12-31')).toBe('甲市');
    expect(codes.label('REGION', '10', '2020-01-01T00:00:00+08:00')).toBe('乙市');
    expect(codes.label('REGION', '10')).toBe('乙市');
    expect(codes.label('REGION', '30')).toBeUndefined();
    expect(codes.label('NONE', '10')).toBeUndefined();
  });

  test('what is known of a list', () => {
    expect(['REGION', 'YES_NO', 'DARK', 'NONE'].map((name) => [codes.complete(name), codes.hasValues(name)])).toEqual([
      [false, true],
      [true, true],
      [false, false],
      [false, false],
    ]);
    expect(codes.isKnown('REGION', '10')).toBe(true);
    expect(codes.isKnown('REGION', '1001')).toBe(false);
    expect(codes.isBelowKnown('REGION', '1001')).toBe(true);
    expect(codes.isBelowKnown('REGION', '10')).toBe(false);
    expect(codes.isBelowKnown('REGION', '3001')).toBe(false);
    expect(codes.list('YES_NO')).toEqual({
      name: 'YES_NO',
      complete: true,
      values: [{ code: '1', label: '是', labelEn: undefined, from: undefined, until: undefined }],
    });
  });

  test('a category may say whether the public pays or is paid', () => {
    expect(['a', 'b', 'c'].map((code) => codes.direction('CATEGORY', code))).toEqual(['PUBLIC_PAYS', undefined, undefined]);
    expect(codes.direction('NONE', 'a')).toBeUndefined();
  });

  test('what a list is called, where it is from, and whether anybody found out that it is whole', () => {
    const list = loadCodeLists([{ name: 'DARK', nameZh: '主体类别', source: 's', complete: null, values: [] }]).list('DARK');
    expect(list).toEqual({ name: 'DARK', title: '主体类别', source: 's', complete: false, unconfirmed: true, values: [] });
  });

  test.each([
    [null, '代码表 ? 有误：name。'],
    [{ name: 'A' }, '代码表 A 有误：values。'],
    [{ name: 'A', values: [1] }, '代码表 A 有误：values。'],
    [{ name: 'A', values: [{ code: null, label: 'x' }] }, '代码表 A 有误：code。'],
    [{ name: 'A', values: [{ code: '1' }] }, '代码表 A 有误：label (1)。'],
    [{ name: 'A', values: [{ code: '1', label: 'x', from: '2020' }] }, '代码表 A 有误：from/until (1)。'],
    [{ name: 'A', values: [{ code: '1', label: 'x', direction: 'PAYS' }] }, '代码表 A 有误：direction (1)。'],
  ])('%j is no code list', (file, message) => {
    expect(() => loadCodeLists([file])).toThrow(expect.objectContaining({ code: 'CONTRACT_INVALID', message }));
    expect(() => loadCodeLists([file])).toThrow(HubError);
  });
});
