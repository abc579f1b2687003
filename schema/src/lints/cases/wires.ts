/** Contracts that break the lints about wire fields, their parts and columns. */
import { type WrongContracts, thing, trade, wrongField } from './wrong-contract.ts';

const open = '@visibility(to: PUBLIC)';

export const wires: WrongContracts = {
  WIRE_ABSENT: [wrongField(`"名称" name: String ${open}`, 'name')],
  WIRE_CODE_REPEATED: [
    wrongField(`"又" again: String @wire(code: "CODE", type: "C..9") ${open}`, 'again', '@wire(code: "CODE", type: "C..9")'),
    {
      sdl: trade(
        thing(
          `"甲" a: String @wire(code: "H", type: "C..ul", part: "html") ${open}`,
          `"乙" b: String @wire(code: "H", type: "C..ul") ${open}`,
        ),
      ),
      at: '@wire(code: "H", type: "C..ul")',
      type: 'Thing',
      field: 'b',
    },
  ],
  WIRE_GRAPH_TYPE: [
    {
      sdl: trade('"色" enum Colour { "红" RED }', thing(`"颜色" colour: Colour @wire(code: "COLOUR", type: "C1") ${open}`)),
      at: 'colour',
      type: 'Thing',
      field: 'colour',
    },
    wrongField(`"数" amount: Float @wire(code: "AMOUNT", type: "C..9") ${open}`, 'amount'),
  ],
  WIRE_TYPE_INVALID: [
    wrongField(`"名称" name: String @wire(code: "NAME", type: "VARCHAR(9)") ${open}`, 'name', '@wire(code: "NAME"'),
    wrongField(`"数" count: Decimal @wire(code: "COUNT", type: "N..4,6") ${open}`, 'count', '@wire(code: "COUNT"'),
  ],
  WIRE_TYPE_UNFIT: [
    wrongField(`"时间" madeAt: DateTime @wire(code: "MADE", type: "yyyyMMdd") ${open}`, 'madeAt', '@wire(code: "MADE"'),
    wrongField(`"个数" count: Int @wire(code: "COUNT", type: "N..9,2") ${open}`, 'count', '@wire(code: "COUNT"'),
    wrongField(`"金额" price: Money @wire(code: "PRICE", type: "C..20", part: "amount") ${open}`, 'price', '@wire(code: "PRICE"'),
    wrongField(`"名称" name: String @wire(code: "NAME", type: "N9") ${open}`, 'name', '@wire(code: "NAME"'),
  ],
  WIRE_LIST_UNKNOWN: [
    wrongField(`"颜色" colour: Code @wire(code: "COLOUR", type: "C1", list: "COLOUR") ${open}`, 'colour', '@wire(code: "COLOUR"'),
  ],
  WIRE_LIST_MISSING: [
    wrongField(`"颜色" colour: Code @wire(code: "COLOUR", type: "C1") ${open}`, 'colour', '@wire(code: "COLOUR"'),
    wrongField(
      `"金额" price: Money @wire(code: "PRICE", type: "N..20,6", part: "amount") @wire(code: "UNIT", type: "C1", part: "unit") ${open}`,
      'price',
      '@wire(code: "UNIT"',
    ),
  ],
  WIRE_ID_UNKNOWN: [
    wrongField(`"编号" number: String @wire(code: "NUMBER", type: "C9", id: "isbn") ${open}`, 'number', '@wire(code: "NUMBER"'),
  ],
  WIRE_FIXED: [
    wrongField(`"编号" number: String @wire(code: "NUMBER", type: "C9", fixed: "9") ${open}`, 'number', '@wire(code: "NUMBER"'),
    wrongField(`"编号" number: String @wire(code: "", type: "C9") ${open}`, 'number', '@wire(code: ""'),
  ],
  WIRE_CONDITION: [
    wrongField(`"名称" name: String @wire(code: "NAME", type: "C..9", requiredWhen: "CODE") ${open}`, 'name', '@wire(code: "NAME"'),
    wrongField(`"名称" name: String @wire(code: "NAME", type: "C..9", requiredWhen: "KIND=1") ${open}`, 'name', '@wire(code: "NAME"'),
    wrongField(
      `"名称" name: String @wire(code: "NAME", type: "C..9", required: true, requiredWhen: "CODE=1") ${open}`,
      'name',
      '@wire(code: "NAME"',
    ),
    {
      sdl: trade(
        thing(
          `"是否" sure: Boolean @wire(code: "SURE", type: "C1", list: "YES_NO") ${open}`,
          `"名称" name: String @wire(code: "NAME", type: "C..9", requiredWhen: "SURE=1|2") ${open}`,
        ),
      ),
      at: '@wire(code: "NAME"',
      type: 'Thing',
      field: 'name',
    },
  ],
  WIRE_MULTI: [
    wrongField(`"名称" names: [String!]! @wire(code: "NAMES", type: "C..9") ${open}`, 'names'),
    wrongField(`"名称" name: String @wire(code: "NAMES", type: "C..9", multi: true) ${open}`, 'name'),
  ],
  PART_MISPLACED: [
    wrongField(`"名称" name: String @wire(code: "A", type: "C..9") @wire(code: "B", type: "C..9") ${open}`, 'name', '@wire(code: "A"'),
    wrongField(`"名称" name: String @wire(code: "A", type: "C..9", part: "name") ${open}`, 'name', '@wire(code: "A"'),
  ],
  MONEY_PART: [
    wrongField(`"金额" price: Money @wire(code: "P", type: "N..20,6", part: "sum") ${open}`, 'price', '@wire(code: "P"'),
    wrongField(
      `"金额" price: Money @wire(code: "P", type: "N..20,6", part: "amount") @wire(code: "Q", type: "N..20,6", part: "amount") ${open}`,
      'price',
      '@wire(code: "P"',
    ),
    wrongField(`"金额" price: Money @wire(code: "P", type: "C1", part: "unit", list: "PRICE_UNIT") ${open}`, 'price', '@wire(code: "P"'),
  ],
  PARTY_PART: [
    wrongField(`"主体" owner: Party @wire(code: "P", type: "C..9") ${open}`, 'owner', '@wire(code: "P"'),
    wrongField(`"主体" owner: Party @wire(code: "P", type: "C2", part: "role", list: "SUBJECT_ROLE") ${open}`, 'owner', '@wire(code: "P"'),
  ],
  INDEX_UNFIT: [
    wrongField(`"日期" days: [Date!]! @wire(code: "DAYS", type: "yyyyMMdd", multi: true) ${open} @indexed`, 'days', '@indexed\n}'),
    wrongField(
      `"名称" names: [String!]! @wire(code: "NAMES", type: "C..9", multi: true) ${open} @indexed(order: true)`,
      'names',
      '@indexed(order: true)',
    ),
    wrongField(
      `"主体" owner: Party @wire(code: "P", type: "C..9", part: "name") ${open} @indexed(order: true)`,
      'owner',
      '@indexed(order: true)',
    ),
  ],
};
