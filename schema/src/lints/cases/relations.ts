/** Contracts that break the lints about relations. */
import { type WrongContract, type WrongContracts, dataset, thing, trade } from './wrong-contract.ts';

const open = '@visibility(to: PUBLIC)';
const there = `"部件（本系统内）" parts: [Part!]! @relation(from: "code", to: "thingCode") ${open}`;
const thingCode = `"物编号" thingCode: String @wire(code: "THING_CODE", type: "C..20") ${open} @indexed`;
const back = `"所属（本系统内）" thing: Thing @relation(from: "thingCode", to: "code") ${open}`;

/** Things and their parts, joined in both directions. */
const good = trade(thing(there), dataset('Part', '', [thingCode, back]));

export const relations: WrongContracts = {
  RELATION_END_UNKNOWN: [
    atParts(
      trade(
        thing('"部件（本系统内）" parts: [Part!]! @relation(from: "code", to: "number") @visibility(to: PUBLIC)'),
        dataset('Part', '', [thingCode]),
      ),
      '@relation',
    ),
    // Of another contract, which another system may serve: a relation does not lead there.
    {
      sdl: trade(thing('"完整记录（本系统内）" record: Record @relation(from: "code", to: "id") @visibility(to: PUBLIC)')),
      at: '@relation',
      type: 'Thing',
      field: 'record',
    },
  ],
  RELATION_NOT_INDEXED: [
    atBoth(good.replace(thingCode, thingCode.replace(' @indexed', '')), ['@relation(from: "code"', '@relation(from: "thingCode"']),
  ],
  RELATION_TYPE_DIFFERS: [
    atBoth(good.replace('thingCode: String', 'thingCode: CreditCode'), ['@relation(from: "code"', '@relation(from: "thingCode"']),
  ],
  RELATION_VISIBILITY: [
    atBoth(
      good.replace('type: "C..20") @visibility(to: PUBLIC) @indexed\n"所属', 'type: "C..20") @visibility(to: GOVERNMENT) @indexed\n"所属'),
      ['@visibility(to: PUBLIC)\n}\n"物" type Part', '@visibility(to: PUBLIC)\n}'],
    ),
  ],
  RELATION_INVERSE_MISSING: [atParts(trade(thing(there), dataset('Part', '', [thingCode])), '@relation')],
  RELATION_SCOPE_UNSAID: [atParts(good.replace('部件（本系统内）', '部件'), 'parts')],
  RELATION_NON_NULL: [{ sdl: good.replace('thing: Thing', 'thing: Thing!'), at: 'thing: Thing!', type: 'Part', field: 'thing' }],
};

function atParts(sdl: string, at: string): WrongContract {
  return { sdl, at, type: 'Thing', field: 'parts' };
}

/** A fault of an end shows at the relations of both directions. */
function atBoth(sdl: string, [parts, thing]: readonly [string, string]): WrongContract {
  return { ...atParts(sdl, parts), and: [{ at: thing, type: 'Part', field: 'thing' }] };
}
