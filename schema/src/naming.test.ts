import { describe, expect, test } from 'vitest';

import { law } from './law.ts';
import { orderName, plural, singular } from './naming.ts';

describe('root fields are named after types (design/graph.md «Shape»)', () => {
  test.each([
    ['Deal', 'deal', 'deals'],
    ['BidSection', 'bidSection', 'bidSections'],
    ['TenderAbnormality', 'tenderAbnormality', 'tenderAbnormalities'],
    ['TenderInquiry', 'tenderInquiry', 'tenderInquiries'],
    ['Survey', 'survey', 'surveys'],
    ['Address', 'address', 'addresses'],
    ['Box', 'box', 'boxes'],
    ['Branch', 'branch', 'branches'],
    ['Wish', 'wish', 'wishes'],
  ])('%s: %s, %s', (type, one, many) => {
    expect([singular(type), plural(type)]).toEqual([one, many]);
  });

  test('of the released contracts no two are the same', () => {
    const types = law().contracts.flatMap(({ contract }) => contract.datasets.map(({ type }) => type));
    const names = types.flatMap((type) => [singular(type), plural(type)]);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('order values are named after fields', () => {
  test.each([
    ['publishedAt', 'PUBLISHED'],
    ['openingAt', 'OPENING'],
    ['bidDeadlineAt', 'BID_DEADLINE'],
    ['estimatedPrice', 'ESTIMATED_PRICE'],
    ['price', 'PRICE'],
    ['at', 'AT'],
    ['combAt2', 'COMB_AT2'],
  ])('%s: %s', (field, name) => expect(orderName(field)).toBe(name));
});
