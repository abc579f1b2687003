/**
 * Type names and dataset codes are unique province-wide: what is composed under one name is one type, and a message is
 * filed by its dataset's code.
 * @see design/architecture.md «Composition»
 */
import { isTypeDefinitionNode } from 'graphql';

import { derivedTypeNames } from '../derived-names.ts';
import { fielded, isStub } from '../definitions.ts';
import type { Fault } from '../finding.ts';
import type { Lint, ReadLaw } from '../lint.ts';
import { atDataset, datasetsOf } from '../places.ts';

export const nameRepeated: Lint = {
  code: 'NAME_REPEATED',
  find: (law) => [...repeatedTypes(law), ...repeatedDatasets(law)],
};

function repeatedTypes(law: ReadLaw): readonly Fault[] {
  const taken = new Set(law.shared.definitions.filter(isTypeDefinitionNode).map(({ name }) => name.value));
  for (const { contract } of law.contracts) for (const name of contract.datasets.flatMap(derivedTypeNames)) taken.add(name);
  const held = new Set(
    fielded(law.shared)
      .filter(isStub)
      .map(({ name }) => name.value),
  );
  return law.contracts.flatMap(({ contract, document }) =>
    document.definitions.filter(isTypeDefinitionNode).flatMap((node) => {
      const name = node.name.value;
      // The one contract that holds what all others know by key defines it in full.
      if (!contract.partitioned && held.delete(name)) return [];
      if (!taken.has(name)) {
        taken.add(name);
        return [];
      }
      return [
        {
          contract: contract.name,
          type: name,
          node: node.name,
          zh: `类型名 ${name} 已被别的契约、共用部分或派生类型占用。组合时同名即同一类型，字段会被悄悄合并或取交集；请换一个名字，通常冠以交易类别。`,
          en: `The type name ${name} is taken, by another contract, the shared part or a derived type. Composition takes one name for one type and silently merges or intersects the fields; choose another, usually with the trade in front.`,
        },
      ];
    }),
  );
}

function repeatedDatasets(law: ReadLaw): readonly Fault[] {
  const all = datasetsOf(law);
  return all
    .filter(({ dataset }, index) => all.findIndex((other) => other.dataset.code === dataset.code) !== index)
    .map((place) => ({
      ...atDataset(place, 'dataset'),
      zh: `数据集代码 ${place.dataset.code} 已用过。报文按它归类，两个类型同码就分不清；请核对标准的数据集代码。`,
      en: `The dataset code ${place.dataset.code} is already used. Messages are filed by it, and with two types nobody could tell which; check the code in the standard.`,
    }));
}
