/**
 * Entries, versions and violations as the graph tells them.
 * @see schema/contracts/exchange.graphql
 */
import { type Violation, encodeRecordId, printInstant } from '@hub/schema';
import { z } from 'zod';

import type { ExchangeLaw } from '../store/exchange-law.ts';

const source = z.object({ kind: z.string(), name: z.string().optional(), url: z.string().optional() });
const line = z.object({
  position: z.number(),
  system: z.string(),
  epoch: z.string(),
  sourcePosition: z.number(),
  dataset: z.string(),
  key: z.string(),
  version: z.number(),
  op: z.enum(['put', 'withdraw']),
  hash: z.string(),
  payload: z.string(),
  dataTimestamp: z.string().nullable(),
  contract: z.string(),
  categories: z.array(z.string()),
  source,
  receivedAt: z.string(),
  harvestedAt: z.string(),
  reason: z.string().optional(),
  movedTo: z.string().optional(),
  movedFrom: z.string().optional(),
});

/** @returns The entry of a canonical line. @param warnings - In words, which the line has not. */
export function toldEntry(law: ExchangeLaw, text: string, warnings: readonly Violation[] = []) {
  const { system, epoch, op, receivedAt, harvestedAt, ...entry } = line.parse(JSON.parse(text));
  return {
    ...entry,
    line: text,
    id: recordIdOf(law, { system, ...entry }),
    system: systemOf(system),
    sourceEpoch: epoch,
    op: toldOp(op),
    receivedAt: printInstant(receivedAt),
    harvestedAt: printInstant(harvestedAt),
    warnings: toldViolations(warnings),
  };
}

/** @returns The id of a record in the graph; null when no contract has its dataset. */
export function recordIdOf({ byCode }: ExchangeLaw, { system, dataset, key }: Record<'system' | 'dataset' | 'key', string>): string | null {
  const type = byCode.get(dataset)?.dataset.type;
  return type === undefined ? null : encodeRecordId({ system, type, key });
}

/** A system by its code: the registry knows the rest. */
export function systemOf(code: string): { readonly __typename: 'System'; readonly code: string } {
  return { __typename: 'System', code };
}

/** PUT or WITHDRAW. */
export function toldOp(op: 'put' | 'withdraw'): string {
  return op.toUpperCase();
}

/** Violations as both interfaces tell them. */
export function toldViolations(violations: readonly Violation[]) {
  return violations.map(({ rule, severity, field, messageZh, messageEn }) => ({
    rule,
    severity: severity === 'refusal' ? 'REFUSAL' : 'WARNING',
    field,
    line: null,
    messageZh,
    messageEn,
  }));
}

/** @param canonical - Null: not yet. */
export function toldInstant(canonical: string | null): string | null {
  return canonical === null ? null : printInstant(canonical);
}
