import { describe, expect, test } from 'vitest';

import { identifierChecks } from './checks.ts';

const fault = (id: string, value: string) => identifierChecks.get(id)?.(value);

describe('identifiers by the names of @wire(id:)', () => {
  test('the names', () => {
    expect([...identifierChecks.keys()]).toEqual([
      'projectCode',
      'tenderProjectCode',
      'bidSectionCode',
      'unifiedDealCode',
      'investmentCode',
      'creditCode',
      'partyCode',
      'legalCode',
      'idCard',
      'platformId',
      'guid',
      'webAddress',
    ]);
  });

  test.each([
    'E4401000002400710001',
    'E4403000004z08761026',
    'E4403000004a00377005',
    'E441300083590bf5a001',
    'A4406010001000670003',
    'N4405151301000020003',
    'E4407010802004597001',
    'e3100000151008459002',
  ])('the real %s is a tender project code, and contains a project code', (code) => {
    expect(fault('tenderProjectCode', code)).toBeUndefined();
    expect(fault('projectCode', code.slice(0, 17))).toBeUndefined();
    expect(fault('projectCode', code)).toBe('SHAPE');
  });

  test.each(['e3100000151008459002001', 'E6205000608003668001001'])('the real %s is a section code', (code) => {
    expect(fault('bidSectionCode', code)).toBeUndefined();
    expect(fault('bidSectionCode', `${code}Z01`)).toBe('SHAPE');
  });

  test.each(['2510-440305-04-01-933832003001', 'E44010000024007100-1001', '无标段', ''])('«%s» is no section code', (code) =>
    expect(fault('bidSectionCode', code)).toBe('SHAPE'),
  );

  test('investment codes of both forms', () => {
    expect(fault('investmentCode', '2211-441900-04-02-310151')).toBeUndefined();
    expect(fault('investmentCode', '2019-440100-47-03-012345')).toBeUndefined();
    expect(fault('investmentCode', '221144190004021310151')).toBe('SHAPE');
  });

  test('a party code may be of many kinds, and only known kinds are checked', () => {
    expect(fault('partyCode', '91440300093677087R')).toBeUndefined();
    expect(fault('partyCode', '11010519491231002X')).toBeUndefined();
    expect(fault('partyCode', '784765385')).toBeUndefined();
    expect(fault('partyCode', '78476538-5')).toBeUndefined();
    expect(fault('partyCode', 'HK-2233')).toBeUndefined();
    expect(fault('partyCode', '91359128593462349A')).toBe('CHECK_CHARACTER');
    expect(fault('partyCode', '78476538-6')).toBe('CHECK_CHARACTER');
  });

  test('platform ids and GUIDs', () => {
    expect(fault('platformId', 'G4401000001')).toBeUndefined();
    expect(fault('platformId', '某公共资源交易平台')).toBe('SHAPE');
    expect(fault('guid', 'eeaa02ca-685d-40c9-b68e-cf05f4aa263a')).toBeUndefined();
    expect(fault('guid', 'eeaa02ca685d40c9b68ecf05f4aa263a')).toBe('SHAPE');
  });

  test.each(['https://trade.example/公告/1?id=2#标段', 'HTTP://127.0.0.1:8080', 'http://www.ggzy.gov.cn/information/html/a/440000.shtml'])(
    '«%s» is a web address',
    (address) => expect(fault('webAddress', address)).toBeUndefined(),
  );

  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt://https://trade.example/%0aalert(1)',
    'data:text/html,<script>alert(1)</script>',
    'ftp://trade.example/1',
    '//trade.example/1',
    '/notices/1',
    'trade.example/1',
    'https://',
    'http://trade.example/1 2',
    'java\nscript:alert(1)',
    'https://trade.example/\u0000',
  ])('«%s» is no web address', (address) => expect(fault('webAddress', address)).toBe('SHAPE'));
});
