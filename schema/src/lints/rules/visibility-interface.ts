/**
 * An interface's field is as strict as its strictest implementation: read through the interface, nothing more is seen.
 * @see design/graph.md «Who sees what»
 */
import type { FieldDefinitionNode } from 'graphql';

import type { Visibility } from '../../contract.ts';
import { argumentsOf, directiveOf } from '../../read-contract.ts';
import { type FieldedNode, fielded } from '../definitions.ts';
import type { Lint } from '../lint.ts';
import { isStricter } from '../strictness.ts';

export const visibilityInterface: Lint = {
  code: 'VISIBILITY_INTERFACE',
  find: (law) =>
    law.contracts.flatMap(({ contract, document }) => {
      const interfaces = [...fielded(document), ...fielded(law.shared)].filter(({ kind }) => kind.startsWith('Interface'));
      return fielded(document).flatMap((type) =>
        implementedFields(type, interfaces)
          .filter(([own, inherited]) => isStricter(visibilityOf(own), visibilityOf(inherited)))
          .map(([own, inherited]) => ({
            contract: contract.name,
            type: type.name.value,
            field: own.name.value,
            node: own.name,
            zh: `字段 ${own.name.value} 比接口的同名字段更严（${visibilityOf(own)} 对 ${visibilityOf(inherited)}）。经由接口查询即可绕过限制；请把接口的字段收严，或放宽此处。`,
            en: `${own.name.value} is stricter than the interface's field (${visibilityOf(own)} against ${visibilityOf(inherited)}). Asked through the interface it would be shown all the same; make the interface's field as strict, or loosen this one.`,
          })),
      );
    }),
};

function implementedFields(
  type: FieldedNode,
  interfaces: readonly FieldedNode[],
): readonly (readonly [FieldDefinitionNode, FieldDefinitionNode])[] {
  const inherited = interfaces
    .filter(({ name }) => type.interfaces?.some((one) => one.name.value === name.value))
    .flatMap(({ fields }) => fields ?? []);
  return (type.fields ?? []).flatMap((own) =>
    inherited.filter(({ name }) => name.value === own.name.value).map((field) => [own, field] as const),
  );
}

function visibilityOf(node: FieldDefinitionNode): Visibility {
  const to = argumentsOf(directiveOf(node, 'visibility'))['to'];
  return to === 'PUBLIC' || to === 'GOVERNMENT' ? to : 'RESTRICTED';
}
