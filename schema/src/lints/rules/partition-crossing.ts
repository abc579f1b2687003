/**
 * What leads out of a contract's own records may be away while the record is there: it is nullable and single.
 * @see design/partitioning.md 4
 */
import { readType } from '../../read-contract.ts';
import { fielded } from '../definitions.ts';
import type { Lint } from '../lint.ts';

export const partitionCrossing: Lint = {
  code: 'PARTITION_CROSSING',
  find: (law) =>
    law.contracts
      .filter(({ contract }) => contract.partitioned)
      .flatMap(({ contract, document }) => {
        const others = law.contracts.filter((other) => other.contract !== contract).flatMap((other) => other.contract.datasets);
        const outside = new Set(['Record', 'MarketEntity', ...others.map(({ type }) => type)]);
        return fielded(document).flatMap((type) =>
          (type.fields ?? [])
            .map((field) => ({ field, ...readType(field.type) }))
            .filter(({ graphType, list, nonNull }) => outside.has(graphType) && (list || nonNull))
            .map(({ field, graphType }) => ({
              contract: contract.name,
              type: type.name.value,
              field: field.name.value,
              node: field.name,
              zh: `${graphType} 由别处回答，那边缺席时非空或列表会让整条记录变空，或让缺了一半的列表看似完整。请改成可空的单值；跨系统的列表请做成带 coverage 的根字段。`,
              en: `${graphType} is answered elsewhere. When that is away, a non-null field takes the whole record with it, and a list looks complete with half of it missing. Make it nullable and single; a list across systems is a root field that carries coverage.`,
            })),
        );
      }),
};
