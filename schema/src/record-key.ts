/**
 * What identifies a record inside its system and dataset: the sender's DATA_KEY, else the dataset's key fields; these alone
 * where many senders tell of one thing.
 * @see design/architecture.md «Record»; standard/exchange.md 4
 */
import type { Dataset } from './contract.ts';
import { type WireRecord, wireValue } from './wire-record.ts';

/**
 * @returns The key; undefined when the sender gave none that counts and a key field is absent or the dataset has none. Identifiers
 * count as equal whatever their case; several fields are joined by `|`, which the parts escape.
 */
export function recordKey(dataset: Dataset, record: WireRecord): string | undefined {
  if (!dataset.byFields && record.dataKey !== undefined && record.dataKey.trim() !== '') return record.dataKey.trim();
  if (dataset.key.length === 0) return undefined;
  const parts = dataset.key.map((code) => wireValue(record.fields, code));
  if (!parts.every((part) => part !== undefined)) return undefined;
  return parts.map((part, index) => escapePart(keyText(dataset, dataset.key[index] ?? '', part))).join('|');
}

function keyText(dataset: Dataset, code: string, value: string): string {
  const identifier = dataset.fields.some((field) => field.wire.some((wire) => wire.code === code && wire.id !== undefined));
  return identifier ? value.toUpperCase() : value;
}

function escapePart(part: string): string {
  return part.replace(/[%|]/g, encodeURIComponent);
}
