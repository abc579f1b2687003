/**
 * A contract's direction is that of its category: deals take theirs from the list, where a record may name a category of its own.
 * @see schema/codes/CATEGORY.json; schema/directives.graphql @deal(category:)
 */
import type { Lint } from '../lint.ts';

export const boardDirection: Lint = {
  code: 'BOARD_DIRECTION',
  find: ({ contracts, codes }) =>
    contracts.flatMap(({ contract: { name, category, direction }, head }) => {
      const known = category === undefined ? undefined : codes.direction('CATEGORY', category);
      if (known === undefined || direction === undefined || known === direction) return [];
      return [
        {
          contract: name,
          type: '',
          node: head,
          zh: `@contract 写的方向是 ${direction}，代码表 CATEGORY 中 ${category} 的方向却是 ${known}。成交按代码表计入收支，两处不一，读契约的人会看错；请改成一致。`,
          en: `@contract says ${direction}, and the list CATEGORY says ${known} of ${category}. Deals are counted by the list, and whoever reads the contract is misled; let both say the same.`,
        },
      ];
    }),
};
