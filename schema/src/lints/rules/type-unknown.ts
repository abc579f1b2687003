/**
 * Types that fields and arguments name exist: the contract's own, shared, derived from its datasets, or built in.
 * @see design/architecture.md «Composition»
 */
import {
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  type TypeNode,
  isTypeDefinitionNode,
  specifiedScalarTypes,
  visit,
} from 'graphql';

import { readType } from '../../read-contract.ts';
import { stubsFor } from '../../read-law.ts';
import { derivedTypeNames } from '../derived-names.ts';
import type { Fault } from '../finding.ts';
import type { Lint, ReadContract, ReadLaw } from '../lint.ts';

export const typeUnknown: Lint = {
  code: 'TYPE_UNKNOWN',
  find: (law) => law.contracts.flatMap((read) => unknownTypes(read, knownTypes(law, read))),
};

function unknownTypes({ contract, document }: ReadContract, known: ReadonlySet<string>): readonly Fault[] {
  return document.definitions.flatMap((definition) => {
    const faults: Fault[] = [];
    const check = (node: FieldDefinitionNode | InputValueDefinitionNode): void => {
      const name = readType(node.type).graphType;
      if (known.has(name)) return;
      faults.push({
        contract: contract.name,
        type: 'name' in definition ? (definition.name?.value ?? '') : '',
        field: node.name.value,
        node: innermost(node.type),
        zh: `没有类型 ${name}。契约只能用自己的、共用的（schema/shared.graphql）和由数据集派生的类型；请检查拼写，或在本契约中定义。`,
        en: `There is no type ${name}. A contract may use its own types, the shared ones (schema/shared.graphql) and those derived from its datasets; check the spelling or define it here.`,
      });
    };
    visit(definition, { FieldDefinition: check, InputValueDefinition: check });
    return faults;
  });
}

function knownTypes(law: ReadLaw, read: ReadContract): ReadonlySet<string> {
  const defined = [...read.document.definitions, ...law.shared.definitions].filter(isTypeDefinitionNode).map(({ name }) => name.value);
  return new Set([
    ...specifiedScalarTypes.map(({ name }) => name),
    ...defined,
    ...read.contract.datasets.flatMap(derivedTypeNames),
    ...stubsFor(
      read.contract,
      law.contracts.map(({ contract }) => contract),
    ),
  ]);
}

function innermost(node: TypeNode): TypeNode {
  return node.kind === Kind.NAMED_TYPE ? node : innermost(node.type);
}
