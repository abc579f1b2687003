/**
 * An entry of the hub's feed as the message that the nation takes: the standard's XML. The province is the sender there, so the
 * row key is the province's own: two cities may use one key for two records.
 * @see schema/PROTOCOL.md 6; standard/exchange.md 3 and 4
 */
import { hash } from 'node:crypto';

import { writeXmlMessage } from '@hub/kit';

/** What a message is made of. */
export interface PushedEntry {
  readonly position: number;
  readonly system: string;
  readonly dataset: string;
  readonly key: string;
  readonly version: number;
  readonly op: 'put' | 'withdraw';
  /** Canonical content. */
  readonly payload: string;
  /** DATA_TIMESTAMP as sent; null when it was not. */
  readonly dataTimestamp: string | null;
  /** Canonical instant. */
  readonly receivedAt: string;
}

const keyLength = 22;
const utc8Ms = 8 * 3_600_000;

/** @returns The message. Of one entry always the same, so that a repeat is known by DATA_KEY and DATA_TIMESTAMP. */
export function nationalMessage(entry: PushedEntry): string {
  const { dataset, op, dataTimestamp, receivedAt } = entry;
  const stamp = { DATA_TIMESTAMP: dataTimestamp ?? localDigits(receivedAt) };
  const fields = op === 'put' ? { ...fieldsOf(entry.payload), ...stamp } : stamp;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${writeXmlMessage({ dataset, dataKey: nationalKey(entry), op, fields })}\n`;
}

/** @returns DATA_KEY at the nation: 132 bits of the SM3 of system, dataset and key, in the standard's 22 characters. */
export function nationalKey({ system, dataset, key }: Pick<PushedEntry, 'system' | 'dataset' | 'key'>): string {
  return hash('sm3', JSON.stringify([system, dataset, key]), 'base64url').slice(0, keyLength);
}

function fieldsOf(payload: string): Readonly<Record<string, string>> {
  const content: unknown = JSON.parse(payload);
  const entries = Object.entries(typeof content === 'object' && content !== null ? content : {});
  return Object.fromEntries(entries.flatMap(([name, value]: [string, unknown]) => (typeof value === 'string' ? [[name, value]] : [])));
}

/** An instant as the standard writes it: 14 digits of UTC+8. */
function localDigits(instant: string): string {
  return new Date(Date.parse(instant) + utc8Ms).toISOString().replaceAll(/\D/g, '').slice(0, 14);
}
