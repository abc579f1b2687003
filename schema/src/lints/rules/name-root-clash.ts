/**
 * Root fields have names of their own, across all contracts: the plural, the single one, `…ByCode`, and what authors add.
 * @see design/graph.md «Shape»
 */
import type { Place } from '../finding.ts';
import { rootFieldsOf } from '../definitions.ts';
import { derivedRootNames } from '../derived-names.ts';
import type { Lint, ReadLaw } from '../lint.ts';
import { atDataset, datasetsOf } from '../places.ts';

export const nameRootClash: Lint = {
  code: 'NAME_ROOT_CLASH',
  find: (law) => {
    const all = rootNames(law);
    return all
      .filter(({ name }, index) => all.findIndex((other) => other.name === name) !== index)
      .map(({ name, place }) => ({
        ...place,
        zh: `根字段 ${name} 已有。根字段名由类型名派生（复数、单数、…ByCode），重名时一个会盖掉另一个；请给类型或根字段换名。`,
        en: `There is already a root field ${name}. Root fields are named after types (plural, singular, …ByCode), and of two with one name one would hide the other; rename the type or the field.`,
      }));
  },
};

function rootNames(law: ReadLaw): readonly { readonly name: string; readonly place: Place }[] {
  return [
    ...datasetsOf(law).flatMap((place) => derivedRootNames(place.dataset).map((name) => ({ name, place: atDataset(place) }))),
    ...rootFieldsOf(law).map(({ read, node }) => ({
      name: node.name.value,
      place: { contract: read.contract.name, type: 'Query', field: node.name.value, node: node.name },
    })),
  ];
}
