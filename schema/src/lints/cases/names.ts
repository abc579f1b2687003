/** Contracts that break the lints about the contract itself, names and descriptions. */
import { type WrongContracts, code, dataset, head, thing, trade } from './wrong-contract.ts';

export const names: WrongContracts = {
  CONTRACT_HEAD: [
    { sdl: `${head.replace('1.0.0', '1')}\n${thing()}`, at: '@contract', type: '' },
    { sdl: head.replace('name: "trade"', 'name: "board"'), at: '@contract', type: '' },
  ],
  DIRECTIVE_INVALID: [
    {
      sdl: trade(thing('"名称" name: String @wire(code: "NAME", type: "C..9") @visibility(to: PUBLIC) @idexed')),
      at: '@idexed',
      type: 'Thing',
      field: 'name',
    },
    {
      sdl: trade(thing('"名称" name: String @wire(code: "NAME", type: "C..9", lst: "X") @visibility(to: PUBLIC)')),
      at: '@wire(code: "NAME"',
      type: 'Thing',
      field: 'name',
    },
    {
      sdl: trade(thing('"名称" name: String @wire(code: "NAME", type: "C..9") @visibility(to: EVERYONE)')),
      at: '@visibility(to: EVERYONE)',
      type: 'Thing',
      field: 'name',
    },
    { sdl: trade(dataset('Thing', '@indexed', [code])), at: '@indexed {', type: 'Thing' },
    {
      sdl: trade(thing('"名称" name: String @wire(code: "NAME", type: "C..9") @visibility(to: PUBLIC) @visibility(to: RESTRICTED)')),
      at: '@visibility(to: RESTRICTED)',
      type: 'Thing',
      field: 'name',
    },
  ],
  NAME_FORM: [
    { sdl: trade(dataset('Thing_Two', '', [code])), at: 'Thing_Two', type: 'Thing_Two' },
    {
      sdl: trade(thing('"名称" Name: String @wire(code: "NAME", type: "C..9") @visibility(to: PUBLIC)')),
      at: 'Name:',
      type: 'Thing',
      field: 'Name',
    },
    { sdl: trade(thing(), '"色" enum Colour { "红" red }'), at: 'red', type: 'Colour', field: 'red' },
  ],
  NAME_RESERVED: [
    {
      sdl: trade(thing('"来源" source: String @wire(code: "SOURCE", type: "C..9") @visibility(to: PUBLIC)')),
      at: 'source:',
      type: 'Thing',
      field: 'source',
    },
    {
      sdl: trade(thing('"系统" systems: String @wire(code: "SYSTEMS", type: "C..9") @visibility(to: PUBLIC) @indexed')),
      at: 'systems:',
      type: 'Thing',
      field: 'systems',
    },
    { sdl: trade(thing(), '"写" type Mutation { "停" stop: Boolean @visibility(to: PUBLIC) }'), at: 'Mutation', type: 'Mutation' },
  ],
  NAME_REPEATED: [
    { sdl: trade(thing(), '"金额" type Money { "元" yuan: Decimal @visibility(to: PUBLIC) }'), at: 'Money {', type: 'Money' },
    { sdl: trade(thing(), '"边" type ThingEdge { "物" node: Thing @visibility(to: PUBLIC) }'), at: 'ThingEdge', type: 'ThingEdge' },
    {
      sdl: trade(thing(), dataset('Other', '', [code]).replace('key: []', 'key:[]').replace('"OTHER"', '"THING"')),
      at: '@dataset(code: "THING", key:[]',
      type: 'Other',
    },
  ],
  NAME_ROOT_CLASH: [
    { sdl: trade(thing(), dataset('Things', '', [code])), at: 'Things ', type: 'Things' },
    {
      sdl: trade(
        thing(),
        'extend type Query {\n"物" thing(id: ID! @visibility(to: PUBLIC)): Thing @route(by: SINGLE) @visibility(to: PUBLIC)\n}',
      ),
      at: 'thing(id',
      type: 'Query',
      field: 'thing',
    },
  ],
  NAME_ORDER_CLASH: [
    {
      sdl: trade(
        thing(
          '"开标" opening: DateTime @wire(code: "A", type: "yyyyMMddHHmmss") @visibility(to: PUBLIC) @indexed(order: true)',
          '"开标时间" openingAt: DateTime @wire(code: "B", type: "yyyyMMddHHmmss") @visibility(to: PUBLIC) @indexed(order: true)',
        ),
      ),
      at: 'openingAt',
      type: 'Thing',
      field: 'openingAt',
    },
    {
      sdl: trade(thing('"收到" received: Int @wire(code: "A", type: "N3") @visibility(to: PUBLIC) @indexed(order: true)')),
      at: 'received:',
      type: 'Thing',
      field: 'received',
    },
  ],
  TYPE_UNKNOWN: [
    { sdl: trade(thing(), '"总" type Total { "数" count: Number @visibility(to: PUBLIC) }'), at: 'Number', type: 'Total', field: 'count' },
  ],
  RECORD_MISSING: [{ sdl: trade(thing().replace('implements Record ', '')), at: 'Thing', type: 'Thing' }],
  DESCRIPTION_MISSING: [
    {
      sdl: trade(thing('name: String @wire(code: "NAME", type: "C..9") @visibility(to: PUBLIC)')),
      at: 'name:',
      type: 'Thing',
      field: 'name',
    },
    {
      sdl: trade(thing('"Name, in Chinese 名称" name: String @wire(code: "NAME", type: "C..9") @visibility(to: PUBLIC)')),
      at: 'name:',
      type: 'Thing',
      field: 'name',
    },
    { sdl: trade(thing().replace('"物" ', '')), at: 'Thing', type: 'Thing' },
    { sdl: trade(thing(), '"色" enum Colour { RED }'), at: 'RED', type: 'Colour', field: 'RED' },
  ],
};
