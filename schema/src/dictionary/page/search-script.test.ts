import { runInNewContext } from 'node:vm';

import { describe, expect, test } from 'vitest';

import { law } from '../../law.ts';
import { readDictionary } from '../model/dictionary.ts';
import { searchIndex } from './search-index.ts';
import { rankScript, searchScript } from './search-script.ts';

const served = law();
const index = searchIndex(
  readDictionary(
    served,
    served.contracts.map(({ contract }) => contract.name),
  ),
);

interface Found {
  readonly total: number;
  readonly hits: readonly string[];
}

function search(query: string, limit = 1000): Found {
  const found: unknown = runInNewContext(
    `${rankScript}\nconst { total, hits } = rank(itemsOf(index), query, limit); JSON.stringify({ total, hits: hits.map((hit) => hit.url) })`,
    { index, query, limit },
  );
  const parsed: Found = JSON.parse(String(found));
  return parsed;
}

describe('search in the browser', () => {
  test.each(served.contracts.flatMap(({ contract }) => contract.datasets.map((dataset) => [contract.name, dataset] as const)))(
    'in %s every wire code, graph field, code and name of a dataset is found',
    (contract, dataset) => {
      const place = `/dictionary/${contract}#dataset-${dataset.code}`;
      expect(search(dataset.code).hits[0]).toBe(place);
      expect(search(dataset.type).hits).toContain(place);
      const own = index.datasets.find(([, code]) => code === dataset.code)?.[5] ?? [];
      expect(own.map(([name, wires]) => [name, wires])).toEqual(
        dataset.fields.map(({ name, wire }) => [name, [...new Set(wire.map(({ code }) => code))].filter((code) => code !== '').join(' ')]),
      );
    },
  );

  test('by Chinese parts, several words, any case, with or without underscores', () => {
    const field = '/dictionary/construction#field-SECTION.estimatedPrice';
    for (const query of [
      '合同估算',
      '标段 估算价',
      'contract_reckon_price',
      'CONTRACTRECKON',
      'ＣＯＮＴＲＡＣＴ＿RECKON',
      'estimatedprice',
    ])
      expect([query, search(query).hits.includes(field)]).toEqual([query, true]);
  });

  test('an exact code comes before one that begins with it, and that before one that holds it', () => {
    const hits = search('BID_SECTION_CODE').hits;
    expect(hits.slice(0, 3)).toContain('/dictionary/construction#field-SECTION.code');
    expect(search('TENDER_MODE').hits[0]).toBe('/dictionary/codes#list-TENDER_MODE');
  });

  test('code lists, their values and types are found too', () => {
    expect(search('公开招标').hits).toContain('/dictionary/codes#list-TENDER_MODE');
    expect(search('Money').hits[0]).toBe('/dictionary/types#type-Money');
  });

  test('nothing for blanks or what there is not; no more than the limit', () => {
    expect(search('  ')).toEqual({ total: 0, hits: [] });
    expect(search('没有这样的东西')).toEqual({ total: 0, hits: [] });
    const { total, hits } = search('编号', 5);
    expect([hits.length, total > 5]).toEqual([5, true]);
  });

  test('the script can stand in a page', () => expect(searchScript).not.toMatch(/<\/script|<!--/i));
});
