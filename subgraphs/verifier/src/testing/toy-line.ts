/**
 * Lines of a made-up feed.
 */
import { createHash } from 'node:crypto';

/** What a line says; a fault is another word, another record or another position. */
export interface ToyEntry {
  readonly position: number;
  /** Default: the position. */
  readonly record?: number;
  readonly word?: string;
}

/** @returns The line of an entry, as a feed sends it, without a line feed. */
export function toyLine({ position, record = position, word = '' }: ToyEntry): Buffer {
  const payload = JSON.stringify({ NAME: `示例记录 ${record}`, WORD: word });
  const hash = createHash('sm3').update(`hub/record-content/1\nTOY_ROW\n${payload}`).digest('hex');
  const name = { position, dataset: 'TOY_ROW', key: `R${record}`, version: 1, op: 'put' };
  return Buffer.from(JSON.stringify({ ...name, hash, payload, dataTimestamp: null }));
}
