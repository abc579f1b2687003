/** Contracts that break the lints about who sees what. */
import { type WrongContracts, code, dataset, statistics, thing, trade, wrongField } from './wrong-contract.ts';

export const visibilities: WrongContracts = {
  VISIBILITY_MISSING: [
    wrongField('"名称" name: String @wire(code: "NAME", type: "C..9")', 'name'),
    { sdl: trade(thing(), '"条件" input Wish { "至少" least: Int }'), at: 'least', type: 'Wish', field: 'least' },
    {
      sdl: trade(thing(), statistics).replace('false @visibility(to: PUBLIC)', 'false'),
      at: 'partial',
      type: 'Query',
      field: 'total',
    },
    {
      sdl: trade(thing(), statistics, '"维度" enum Side { "左" LEFT }').replace('total(', 'total(by: [Side!]! @visibility(to: PUBLIC), '),
      at: 'LEFT',
      type: 'Side',
      field: 'LEFT',
    },
  ],
  VISIBILITY_INTERFACE: [
    {
      sdl: trade(
        '"有主之物" interface Owned { "主人" owner: String @visibility(to: PUBLIC) }',
        dataset('Thing', '', [code, '"主人" owner: String @wire(code: "OWNER", type: "C..9") @visibility(to: GOVERNMENT)']).replace(
          'Record',
          'Record & Owned',
        ),
      ),
      at: 'owner: String @wire',
      type: 'Thing',
      field: 'owner',
    },
  ],
  VISIBILITY_PERSON: [
    wrongField(
      '"身份证号" idNumber: String @wire(code: "ID", type: "C18", id: "idCard") @visibility(to: GOVERNMENT)',
      'idNumber',
      '@visibility(to: GOVERNMENT)',
    ),
  ],
};
