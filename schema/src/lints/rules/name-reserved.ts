/**
 * Some names are the hub's, GraphQL's or federation's own.
 * @see design/graph.md «Shape»; GraphQL specification, «Reserved names»
 */
import { DirectiveLocation } from 'graphql';

import { filterFieldNames, recordFieldNames } from '../derived-names.ts';
import { type Element, elementsOf } from '../elements.ts';
import type { Lint, ReadLaw } from '../lint.ts';

const rootTypes: ReadonlySet<string> = new Set(['Mutation', 'Subscription']);
const federationTypes = /^(?:_|join__|link__|federation__|core__)|^FieldSet$/;

export const nameReserved: Lint = {
  code: 'NAME_RESERVED',
  find: (law) =>
    elementsOf(law)
      .filter((element) => element.contract !== 'shared' && isReserved(law, element))
      .map((element) => ({
        ...element,
        zh: `名字 ${element.name} 是保留的：每条记录和每个筛选自有的字段（${[...recordFieldNames, ...filterFieldNames].join('、')}）由中心写，Query 只能扩展（extend type Query），本图只读，下划线开头归 GraphQL 与联邦。请换名。`,
        en: `The name ${element.name} is reserved: the hub writes the fields every record and filter has (${[...recordFieldNames, ...filterFieldNames].join(', ')}), Query can only be extended, the graph is read-only, and leading underscores are GraphQL's and federation's. Choose another.`,
      })),
};

function isReserved(law: ReadLaw, { location, type, name, contract, extends: isExtension }: Element): boolean {
  if (name.startsWith('__')) return true;
  if (location === DirectiveLocation.OBJECT || location === DirectiveLocation.INTERFACE) {
    return federationTypes.test(name) || rootTypes.has(name) || (name === 'Query' && !isExtension);
  }
  const dataset = law.contracts.find((read) => read.contract.name === contract)?.contract.datasets.find((one) => one.type === type);
  if (dataset === undefined || location !== DirectiveLocation.FIELD_DEFINITION) return false;
  const indexed = dataset.fields.some((field) => field.name === name && field.indexed);
  return recordFieldNames.has(name) || (indexed && filterFieldNames.has(name));
}
