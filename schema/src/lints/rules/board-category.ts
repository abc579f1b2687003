/**
 * A contract whose records reach the board is a trade: it says which category its notices and deals are of, and who pays.
 * @see schema/directives.graphql @contract(category:, direction:)
 */
import type { Lint } from '../lint.ts';

export const boardCategory: Lint = {
  code: 'BOARD_CATEGORY',
  find: (law) =>
    law.contracts.flatMap(({ contract, head }) => {
      const { datasets, category, direction, name } = contract;
      const told = datasets.some(({ notice, deal }) => notice !== undefined || deal !== undefined);
      const paid = datasets.every(({ deal }) => deal === undefined) || direction !== undefined;
      const known = category !== undefined && law.codes.isKnown('CATEGORY', category);
      if (!told || (known && paid)) return [];
      return [
        {
          contract: name,
          type: '',
          node: head,
          zh: '契约的记录要上公告板（@notice、@deal），@contract 却没有写明交易类别（代码表 CATEGORY 的值，或与契约同名的新类别）和方向。公告会没有类别，收支会混在一起；请补上 category 与 direction。',
          en: 'Records of this contract reach the board (@notice, @deal), and @contract does not name its category (a value of CATEGORY, or a new one that the contract is named for) and direction. Notices would have no category, and receipts count as payments; add category and direction.',
        },
      ];
    }),
};
