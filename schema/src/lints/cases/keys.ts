/** Contracts that break the lints about keys and lookups by code. */
import { type WrongContract, type WrongContracts, thing, trade } from './wrong-contract.ts';

const open = '@visibility(to: PUBLIC)';

export const keys: WrongContracts = {
  KEY_UNKNOWN: [
    wrongDataset('key: ["NUMBER"]'),
    wrongDataset('key: ["CODE", "CODE"]'),
    wrongDataset('key: [], byFields: true'),
    wrongDataset('key: ["NAMES"]', `"名称" names: [String!]! @wire(code: "NAMES", type: "C..9", multi: true) ${open}`),
  ],
  KEY_HIDDEN: [wrongDataset('key: ["NAME"]', '"名称" name: String @wire(code: "NAME", type: "C..9") @visibility(to: GOVERNMENT)')],
  KEY_PERSON: [
    wrongDataset('key: ["NAME"]', `"代码" name: String @wire(code: "NAME", type: "C..18", id: "partyCode") ${open}`),
    wrongDataset('key: ["OWNER"]', `"主人" owner: Party @wire(code: "OWNER", type: "C..18", part: "code") ${open}`),
  ],
  KEY_REASON: [{ sdl: trade(thing().replace('Nothing numbers it.', ' ')), at: '@dataset', type: 'Thing' }],
  BY_CODE_UNFIT: [
    wrongDataset('key: [], byCode: "number"'),
    wrongDataset('key: [], byCode: "code"'),
    wrongDataset('key: [], byCode: "name"', `"名称" name: String @wire(code: "NAME", type: "C..9", id: "guid") ${open}`),
    wrongDataset('key: [], byCode: "count"', `"个数" count: Int @wire(code: "COUNT", type: "N3") ${open} @indexed`),
  ],
};

function wrongDataset(key: string, ...fields: readonly string[]): WrongContract {
  return { sdl: trade(thing(...fields).replace('key: []', key)), at: '@dataset', type: 'Thing' };
}
