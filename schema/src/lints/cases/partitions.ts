/** Contracts that break the lints about partitioning and statistics. */
import { type WrongContract, type WrongContracts, hubHead, statistics, thing, trade } from './wrong-contract.ts';

const open = '@visibility(to: PUBLIC)';
const good = trade(thing(), statistics);

export const partitions: WrongContracts = {
  PARTITION_ROUTE: [
    atTotal(good.replace('@route(by: GROUP) ', '')),
    {
      sdl: `${hubHead}\nextend type Query {\n"最好的" best: String @route(by: SINGLE) ${open}\n}`,
      at: 'best',
      type: 'Query',
      field: 'best',
    },
  ],
  PARTITION_COVERAGE: [
    atTotal(good.replace('coverage: Coverage!', 'coverage: String')),
    {
      sdl: trade(thing(), `extend type Query {\n"全部" best: [Thing!]! @route(by: PAGE) ${open}\n}`),
      at: 'best',
      type: 'Query',
      field: 'best',
    },
  ],
  PARTITION_FOREIGN_FIELDS: [
    { sdl: trade(thing(), `extend type MarketEntity { "中标数" wins: Int ${open} }`), at: 'wins', type: 'MarketEntity', field: 'wins' },
    {
      sdl: trade(
        thing(),
        `"企业" type Company @key(fields: "code", resolvable: false) { "代码" code: CreditCode! ${open}\n"中标数" wins: Int ${open} }`,
      ),
      at: 'wins',
      type: 'Company',
      field: 'wins',
    },
  ],
  PARTITION_CROSSING: [
    {
      sdl: trade(thing(`"完整记录" record: Record! @wire(code: "RECORD", type: "C..200") ${open}`)),
      at: 'record',
      type: 'Thing',
      field: 'record',
    },
    { sdl: trade(thing(), `"一组" type Bunch { "企业" owners: [MarketEntity!] ${open} }`), at: 'owners', type: 'Bunch', field: 'owners' },
  ],
  PARTITION_REQUIRES: [
    {
      sdl: trade(thing(), `"一堆" type Bunch { "数" count(of: Int ${open}): Int @requires(fields: "code") ${open} }`),
      at: '@requires',
      type: 'Bunch',
      field: 'count',
    },
    {
      sdl: trade(thing(), `"一堆" type Bunch { "数" count: Int @requires(fields: "size(of: 1)") ${open} }`),
      at: '@requires',
      type: 'Bunch',
      field: 'count',
    },
  ],
  ENTITY_NON_NULL: [
    {
      sdl: `${hubHead}\n"交易系统" type System @key(fields: "code") { "代码" code: String! ${open}\n"网址" url: String! ${open} }`,
      at: 'url',
      type: 'System',
      field: 'url',
    },
  ],
  GROUP_MERGE: [{ sdl: good.replace('@merge(by: SUM) ', ''), at: 'things', type: 'TotalGroup', field: 'things' }],
  GROUP_NOT_ADDABLE: [
    { sdl: good.replace('things: Int!', 'distinctBuyers: Int!'), at: 'distinctBuyers', type: 'TotalGroup', field: 'distinctBuyers' },
    { sdl: good.replace('things: Int!', 'things: String!'), at: 'things', type: 'TotalGroup', field: 'things' },
  ],
  GROUP_ARGUMENTS: [
    atTotal(good.replace('total(', `total(first: Int ${open}, `)),
    atTotal(good.replace('partial: Boolean! = false', 'partial: Boolean! = true')),
  ],
};

function atTotal(sdl: string): WrongContract {
  return { sdl, at: 'total(', type: 'Query', field: 'total' };
}
