import { describe, expect, test } from 'vitest';

import { readContract } from './read-contract.ts';

const head =
  'extend schema @contract(name: "toys", version: "1.2.0", edition: "V2.0", title: "玩具", category: "toys", direction: PUBLIC_RECEIVES)';

describe('a contract as data (design/architecture.md «Layout»)', () => {
  test('head, datasets and everything their directives say', () => {
    const contract = readContract(`${head}
      "玩具"
      type Toy implements Record
        @dataset(code: "TOY", no: 7, key: ["CODE"], byCode: "code", why: "It is stamped on the toy.", national: false)
        @notice(stage: "AWARD", title: "name", publishedAt: "madeAt")
        @deal(lot: "code", opensAt: ["madeAt"], count: true)
        @sealed(until: RESULT, lot: "code") {
        "编号"
        code: String @wire(code: "CODE", type: "C..20", id: "guid", required: true) @visibility(to: PUBLIC) @indexed(order: true)
        "名称"
        name: String! @wire(code: "NAME", type: "C..600", requiredWhen: "CODE=1|2", national: false) @visibility(to: GOVERNMENT) @indexed
        madeAt: DateTime @wire(code: "MADE", type: "yyyyMMddHHmmss") @sealed(until: OPENING, lot: "code") @visibility(to: PUBLIC)
        price: Money @wire(code: "PRICE", type: "N..20,6", part: "amount") @wire(code: "", type: "C1", part: "unit", list: "PRICE_UNIT", fixed: "1")
        tags: [Code!]! @wire(code: "TAGS", type: "C..30", list: "TAG", multi: true)
        parts: [Part!]! @relation(from: "code", to: "toyCode") @visibility(to: PUBLIC)
      }
      type Part { toyCode: String }`);
    const plainWire = {
      part: undefined,
      list: undefined,
      id: undefined,
      fixed: undefined,
      required: false,
      requiredWhen: undefined,
      multi: false,
      national: true,
    };
    const plainField = {
      list: false,
      nonNull: false,
      description: '',
      wire: [],
      indexed: false,
      orderable: false,
      sealed: undefined,
      relation: undefined,
    };
    expect(contract).toEqual({
      name: 'toys',
      version: '1.2.0',
      edition: 'V2.0',
      title: '玩具',
      partitioned: true,
      category: 'toys',
      direction: 'PUBLIC_RECEIVES',
      datasets: [
        {
          type: 'Toy',
          code: 'TOY',
          contract: 'toys',
          no: 7,
          key: ['CODE'],
          byFields: false,
          byCode: 'code',
          why: 'It is stamped on the toy.',
          national: false,
          description: '玩具',
          sealed: { until: 'RESULT', lot: 'code' },
          notice: { stage: 'AWARD', title: 'name', publishedAt: 'madeAt' },
          deal: { lot: 'code', opensAt: ['madeAt'], count: true },
          fields: [
            {
              ...plainField,
              name: 'code',
              graphType: 'String',
              description: '编号',
              wire: [{ ...plainWire, code: 'CODE', type: 'C..20', id: 'guid', required: true }],
              visibility: 'PUBLIC',
              indexed: true,
              orderable: true,
            },
            {
              ...plainField,
              name: 'name',
              graphType: 'String',
              nonNull: true,
              description: '名称',
              wire: [{ ...plainWire, code: 'NAME', type: 'C..600', requiredWhen: 'CODE=1|2', national: false }],
              visibility: 'GOVERNMENT',
              indexed: true,
            },
            {
              ...plainField,
              name: 'madeAt',
              graphType: 'DateTime',
              wire: [{ ...plainWire, code: 'MADE', type: 'yyyyMMddHHmmss' }],
              visibility: 'PUBLIC',
              sealed: { until: 'OPENING', lot: 'code' },
            },
            {
              ...plainField,
              name: 'price',
              graphType: 'Money',
              wire: [
                { ...plainWire, code: 'PRICE', type: 'N..20,6', part: 'amount' },
                { ...plainWire, code: '', type: 'C1', part: 'unit', list: 'PRICE_UNIT', fixed: '1' },
              ],
              visibility: 'RESTRICTED',
            },
            {
              ...plainField,
              name: 'tags',
              graphType: 'Code',
              list: true,
              nonNull: true,
              wire: [{ ...plainWire, code: 'TAGS', type: 'C..30', list: 'TAG', multi: true }],
              visibility: 'RESTRICTED',
            },
            {
              ...plainField,
              name: 'parts',
              graphType: 'Part',
              list: true,
              nonNull: true,
              relation: { from: 'code', to: 'toyCode' },
              visibility: 'PUBLIC',
            },
          ],
        },
      ],
    });
  });

  test('a register is not partitioned and no trade', () => {
    const contract = readContract(
      'extend schema @contract(name: "registry", version: "1.0.0", edition: "V2.0", title: "登记", partitioned: false)',
    );
    expect(contract).toMatchObject({ partitioned: false, category: undefined, direction: undefined, datasets: [] });
  });
});

describe('CONTRACT_INVALID', () => {
  test('a text that is not SDL, with the place', () => {
    expect(() => readContract(`${head}\ntype {`)).toThrow(
      expect.objectContaining({
        code: 'CONTRACT_INVALID',
        messageEn: 'The contract is not GraphQL SDL: Syntax Error: Expected Name, found "{".',
        cause: expect.objectContaining({ locations: [{ line: 2, column: 6 }] }),
      }),
    );
  });

  test.each([['type Toy { code: String }'], ['extend schema @link(url: "https://example.com")']])('a text without @contract: %s', (sdl) => {
    expect(() => readContract(sdl)).toThrow(
      expect.objectContaining({
        code: 'CONTRACT_INVALID',
        messageEn: 'The contract lacks extend schema @contract(…): name it, its version and the edition of the standard first.',
      }),
    );
  });
});
