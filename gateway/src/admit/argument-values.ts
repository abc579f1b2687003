/**
 * Arguments that no system could read are found here, before anybody is asked: the mistake is the question's, and the answer
 * says where it is.
 * @see design/graph.md «Errors»
 */
import { HubError, scalarTexts } from '@hub/schema';
import { getArgumentValues, type GraphQLInputType, isInputObjectType, isListType, isNonNullType } from 'graphql';

import { operatorOf } from '../plan/marks.ts';
import { namedFields } from './fields.ts';
import type { Operation } from './operation.ts';

/** Characters of a value that are repeated to whoever sent it. */
const longestShown = 60;

/**
 * Only of partitioned fields: elsewhere a scalar of the same name may be another.
 * @throws HubError FILTER_INVALID, naming the first value that is none of its scalar.
 */
export function checkArgumentValues(operation: Operation): void {
  for (const { field, node } of namedFields(operation)) {
    if (operatorOf(field) === undefined) continue;
    const values = getArgumentValues(field, node, { ...operation.variables });
    for (const { name, type } of field.args) checkValue(type, values[name], name);
  }
}

/**
 * @param value - Coerced to the type, as far as GraphQL's own types go.
 * @param path - Where it stands, `filter.decidedAt.gte`.
 * @throws HubError FILTER_INVALID, naming the first value that is none of its scalar.
 */
function checkValue(type: GraphQLInputType, value: unknown, path: string): void {
  if (value === null || value === undefined) return;
  if (isNonNullType(type)) return checkValue(type.ofType, value, path);
  if (isListType(type)) {
    const items: readonly unknown[] = Array.isArray(value) ? value : [value];
    return items.forEach((item, place) => checkValue(type.ofType, item, `${path}[${place}]`));
  }
  if (isInputObjectType(type)) {
    const given = new Map<string, unknown>(typeof value === 'object' ? Object.entries(value) : []);
    return Object.values(type.getFields()).forEach((field) => checkValue(field.type, given.get(field.name), `${path}.${field.name}`));
  }
  const scalar = scalarTexts.get(type.name);
  if (scalar === undefined || (typeof value === 'string' && scalar.read(value) !== undefined)) return;
  // A number without quotes is the usual slip: shown with them.
  const example = typeof value === 'number' && scalar.read(String(value)) !== undefined ? `"${value}"` : scalar.example;
  throw new HubError('FILTER_INVALID', {
    zh: `${path} 的值 ${shown(value)} 无效：${type.name} 应为带引号的文本，例如 ${example}。`,
    en: `${path}: ${shown(value)} is no ${type.name}; write it as a quoted text, for example ${example}.`,
  });
}

function shown(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value);
  const characters = [...text];
  return characters.length > longestShown ? `${characters.slice(0, longestShown).join('')}…` : text;
}
