/** Contracts that break the lints about what reaches the board. */
import { type WrongContract, type WrongContracts, code, dataset, trade } from './wrong-contract.ts';

const open = '@visibility(to: PUBLIC)';
const fields: readonly string[] = [
  code,
  `"标题" title: String @wire(code: "TITLE", type: "C..600") ${open}`,
  `"秘密" secret: String @wire(code: "SECRET", type: "C..600") @visibility(to: RESTRICTED)`,
  `"封存" closed: String @wire(code: "CLOSED", type: "C..600") ${open} @sealed(until: OPENING, lot: "code")`,
  `"发布" publishedAt: DateTime @wire(code: "PUBLISHED", type: "yyyyMMddHHmmss") ${open}`,
  `"是否" sure: Code @wire(code: "SURE", type: "C1", list: "YES_NO") ${open}`,
  `"完整" whole: [String!]! @wire(code: "WHOLE", type: "C..600", multi: true) ${open}`,
];
const opens = '@deal(lot: "code", opensAt: ["publishedAt"])';

export const boards: WrongContracts = {
  BOARD_CATEGORY: [
    { sdl: trade(dataset('Thing', opens, fields)).replace('"construction"', '"toys"'), at: '@contract', type: '' },
    { sdl: trade(dataset('Thing', opens, fields)).replace(', direction: PUBLIC_PAYS', ''), at: '@contract', type: '' },
  ],
  BOARD_DIRECTION: [{ sdl: trade(dataset('Thing', opens, fields)).replace('PUBLIC_PAYS', 'PUBLIC_RECEIVES'), at: '@contract', type: '' }],
  BOARD_FIELD_UNKNOWN: [
    notice('title: "TITLE"'),
    deal('opensAt: ["publishedAt", "openedAt"]'),
    deal('opensAt: ["publishedAt"], opensUnless: "kind=2"'),
  ],
  BOARD_FIELD_SEALED: [
    notice('title: "closed"'),
    deal('opensAt: ["publishedAt"], title: "closed"'),
    {
      sdl: trade(
        dataset('Thing', opens, fields),
        dataset('Offer', '@sealed(until: OPENING, lot: "code") @deal(lot: "code", title: "title")', fields.slice(0, 2)),
      ),
      at: '@deal(lot: "code", title',
      type: 'Offer',
    },
  ],
  BOARD_FIELD_STRICTER: [notice('title: "secret"'), deal('opensAt: ["publishedAt"], title: "secret"')],
  BOARD_FIELD_TYPE: [
    notice('title: "publishedAt"'),
    notice('title: "whole"'),
    deal('opensAt: ["publishedAt"], project: "whole"', '@indexed'),
    inProject('@deal(lot: "code", lotIn: "sure", opensAt: ["publishedAt"])'),
  ],
  BOARD_LIST_DIFFERS: [deal('opensAt: ["publishedAt"], category: "sure"')],
  BOARD_FIELD_NOT_INDEXED: [
    deal('opensAt: ["publishedAt"], project: "title"'),
    inProject('@notice(stage: "TENDER", title: "title", publishedAt: "publishedAt", lots: "title")'),
  ],
  BOARD_LOT_ABSENT: [
    { sdl: trade(dataset('Thing', '@deal(isLot: true, opensAt: ["publishedAt"])', fields)), at: '@deal', type: 'Thing' },
    notice('title: "title", lotsIn: "code"'),
  ],
  BOARD_LOT_PROJECT: [inProject('@deal(lot: "code", lotIn: "project", project: "project", opensAt: ["publishedAt"])')],
  BOARD_LOT_DIFFERS: [
    { ...inProject('@deal(lot: "code", lotIn: "project", opensAt: ["publishedAt"])', fields[3]), at: '@sealed', field: 'closed' },
    inProject(`@notice(stage: "TENDER", title: "title", publishedAt: "publishedAt", lots: "project") ${opens}`),
  ],
  BOARD_DECISION: [deal('opensAt: ["publishedAt"], otherwise: true'), deal('opensAt: ["publishedAt"], state: "AWARDED", each: true')],
  BOARD_VALUE_UNKNOWN: [
    notice('title: "title"', 'stage: "SALE"'),
    notice('title: "title", stageBy: "sure", stages: ["2=AWARD"]'),
    notice('title: "title", stages: ["1=AWARD"]'),
    deal('opensAt: ["publishedAt"], state: "DONE"'),
    deal('opensAt: ["publishedAt"], opensUnless: "sure=2"'),
  ],
};

/** A good deal tells when the seal ends, and this notice beside it is at fault. */
function notice(text: string, stage = 'stage: "TENDER"'): WrongContract {
  const directive = `@notice(${stage}, publishedAt: "publishedAt", ${text})`;
  return { sdl: trade(dataset('Thing', `${opens} ${directive}`, fields)), at: '@notice', type: 'Thing' };
}

function deal(text: string, whole = ''): WrongContract {
  const all = [...fields.slice(0, -1), `${fields.at(-1) ?? ''} ${whole}`];
  return { sdl: trade(dataset('Thing', `@deal(lot: "code", ${text})`, all)), at: '@deal', type: 'Thing' };
}

/** A Thing whose lots are named within their project. */
function inProject(directives: string, sealed = ''): WrongContract {
  const project = `"项目" project: String @wire(code: "PROJECT", type: "C..20") ${open} @indexed`;
  const unsealed = fields.filter((one) => !one.includes('@sealed'));
  const all = [...unsealed.map((one) => (one.includes('sure:') ? `${one} @indexed` : one)), project, sealed];
  return { sdl: trade(dataset('Thing', directives, all)), at: directives.slice(directives.lastIndexOf('@')), type: 'Thing' };
}
