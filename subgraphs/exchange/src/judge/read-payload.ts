/**
 * The fields of a change, read from its canonical text once.
 * @see design/feed.md 4
 */
import type { FeedEntry } from '@hub/kit';
import type { WireFields } from '@hub/schema';

/** @returns The wire fields, DATA_TIMESTAMP among them; undefined when the text is not an object of texts. */
export function readPayload({ payload, dataTimestamp }: Pick<FeedEntry, 'payload' | 'dataTimestamp'>): WireFields | undefined {
  const fields = parsed(payload);
  if (!isFields(fields)) return undefined;
  return dataTimestamp === null ? fields : { ...fields, DATA_TIMESTAMP: dataTimestamp };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isFields(value: unknown): value is WireFields {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every((field) => typeof field === 'string')
  );
}
