/**
 * Some dataset of the contract tells the milestone its seals wait for.
 * @see schema/directives.graphql @deal(opensAt:, decidedAt:)
 */
import type { Contract, Milestone } from '../../contract.ts';
import type { Lint } from '../lint.ts';
import { sealsOf } from '../seals.ts';

/** Argument of @deal that tells each milestone. */
const toldBy: Readonly<Record<Milestone, string>> = { OPENING: 'opensAt', RESULT: 'decidedAt' };

export const sealedNeverEnds: Lint = {
  code: 'SEALED_NEVER_ENDS',
  find: (law) =>
    sealsOf(law)
      .filter(({ contract, seal }) => !tellsMilestone(contract, seal.until))
      .map(({ place, seal }) => ({
        ...place,
        zh: `封存至 ${seal.until}，但本契约没有数据集以 @deal(${toldBy[seal.until]}: …) 说明那是何时，封存将永不解除。请在载有该时间的数据集上写明。`,
        en: `It is sealed until ${seal.until}, and no dataset of this contract tells when that is by @deal(${toldBy[seal.until]}: …), so the seal never ends. Say so on the dataset that has the time.`,
      })),
};

/** The board's own deals bring the times themselves. */
function tellsMilestone({ datasets }: Contract, until: Milestone): boolean {
  return datasets.some(({ type, deal }) => type === 'Deal' || deal?.[toldBy[until]] !== undefined);
}
