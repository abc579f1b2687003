/**
 * Every dataset is a Record: the board leads to full records through that interface. It never leads into a register with one
 * endpoint, and a type that the board's own subgraph does not know would make the planner spell out all others in every query.
 * @see design/architecture.md «Composition»
 */
import type { Lint } from '../lint.ts';
import { atDataset, datasetsOf } from '../places.ts';

export const recordMissing: Lint = {
  code: 'RECORD_MISSING',
  find: (law) =>
    datasetsOf(law)
      .filter(({ contract, typeNode }) => contract.partitioned && !typeNode.interfaces?.some(({ name }) => name.value === 'Record'))
      .map((place) => ({
        ...atDataset(place),
        zh: '数据集类型没有 implements Record，公告板的「完整记录」和按接口的查询就到不了它。请加上。',
        en: "A dataset does not implement Record, so the board's «full record» and queries by that interface cannot reach it. Add implements Record.",
      })),
};
