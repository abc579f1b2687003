/** Contracts that break the lints about sealing. */
import { type WrongContract, type WrongContracts, code, dataset, trade } from './wrong-contract.ts';

const opening = '"开标" opensAt: DateTime @wire(code: "OPENS", type: "yyyyMMddHHmmss") @visibility(to: PUBLIC)';
const names =
  '"名称" names: [String!] @wire(code: "NAMES", type: "C..9", multi: true) @visibility(to: PUBLIC) @sealed(until: OPENING, lot: "code")';

/** A lot whose opening ends the seal of a thing's names. */
const lot = dataset('Lot', '@deal(lot: "code", opensAt: ["opensAt"])', [code, opening]);
const good = trade(lot, dataset('Thing', '', [code, opening, names]));

export const seals: WrongContracts = {
  SEALED_INDEXED: [atNames(`${good} `.replace('lot: "code")\n}', 'lot: "code") @indexed\n}'), '@indexed\n}')],
  SEALED_NON_NULL: [atNames(good.replace('[String!]', '[String!]!'), '@sealed')],
  SEALED_LOT: [
    atNames(good.replace('OPENING, lot: "code"', 'OPENING, lot: "number"'), '@sealed'),
    atNames(good.replace('OPENING, lot: "code"', 'OPENING, lot: "opensAt"'), '@sealed'),
    atNames(good.replace('OPENING, lot: "code"', 'OPENING, lot: "code", lotIn: "opensAt"'), '@sealed'),
  ],
  SEALED_BOARD: [{ ...atNames(good, '@sealed'), beside: [] }],
  SEALED_NEVER_ENDS: [
    atNames(good.replace('@deal(lot: "code", opensAt: ["opensAt"])', ''), '@sealed'),
    atNames(good.replace('OPENING, lot', 'RESULT, lot'), '@sealed'),
  ],
};

function atNames(sdl: string, at: string): WrongContract {
  return { sdl, at, type: 'Thing', field: 'names' };
}
