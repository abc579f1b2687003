/**
 * `CODE=V|W`: holds when another wire field of the record has one of the values.
 * @see schema/directives.graphql @wire(requiredWhen:)
 */
import { type WireFields, wireValue } from '../wire-record.ts';

/** A condition on one wire field. */
export interface Condition {
  readonly code: string;
  readonly values: readonly string[];
}

const read = new Map<string, Condition | undefined>();

/** @returns The condition a text states; undefined when it states none (contract lints refuse such a contract). */
export function readCondition(text: string): Condition | undefined {
  if (!read.has(text)) read.set(text, parseCondition(text));
  return read.get(text);
}

function parseCondition(text: string): Condition | undefined {
  const match = /^([A-Za-z]\w*)=([^=|]+(?:\|[^=|]+)*)$/.exec(text);
  return match === null ? undefined : { code: match[1] ?? '', values: (match[2] ?? '').split('|') };
}

/** Whether the record meets the condition. */
export function meetsCondition(condition: Condition, fields: WireFields): boolean {
  return condition.values.includes(wireValue(fields, condition.code) ?? '');
}
