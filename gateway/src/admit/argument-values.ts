/**
 * Arguments that no system could read are found here, before anybody is asked: the mistake is the question's, and the answer
 * says where it is.
 * @see design/graph.md «Errors»
 */
import { HubError, scalarTexts } from '@hub/schema';
import { isScalarType } from 'graphql';

import { operatorOf } from '../plan/marks.ts';
import { givenValues } from './given-values.ts';
import type { Operation } from './operation.ts';

/** Characters of a value that are repeated to whoever sent it. */
const longestShown = 60;

/**
 * Only of partitioned fields: elsewhere a scalar of the same name may be another.
 * @throws HubError FILTER_INVALID, naming the first value that is none of its scalar.
 */
export function checkArgumentValues(operation: Operation): void {
  for (const { field, path, type, value } of givenValues(operation)) {
    const scalar = isScalarType(type) ? scalarTexts.get(type.name) : undefined;
    if (operatorOf(field) === undefined || scalar === undefined) continue;
    if (typeof value === 'string' && scalar.read(value) !== undefined) continue;
    const place = path.map((step, depth) => (typeof step === 'number' ? `[${step}]` : depth === 0 ? step : `.${step}`)).join('');
    // A number without quotes is the usual slip: shown with them.
    const example = typeof value === 'number' && scalar.read(String(value)) !== undefined ? `"${value}"` : scalar.example;
    throw new HubError('FILTER_INVALID', {
      zh: `${place} 的值 ${shown(value)} 无效：${String(type)} 应为带引号的文本，例如 ${example}。`,
      en: `${place}: ${shown(value)} is no ${String(type)}; write it as a quoted text, for example ${example}.`,
    });
  }
}

function shown(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value);
  const characters = [...text];
  return characters.length > longestShown ? `${characters.slice(0, longestShown).join('')}…` : text;
}
