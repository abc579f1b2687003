/**
 * One record on one line of JSON: `{"title":{"DATA_EN":…,"DATA_KEY":…,"DATA_TYPE":…},"context":{…}}`.
 * @see standard/exchange.md 3
 */
import type { WireRecord } from '@hub/schema';

import { type Envelope, isFieldName, isReason, openEnvelope } from './envelope.ts';
import type { Reason } from './wire-entry.ts';

type Section = Readonly<Record<string, string>>;

/** @returns The record, or why the line holds none. */
export function readJsonLine(line: string): WireRecord | Reason {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return { zh: '不是合法的 JSON。', en: 'Not JSON.' };
  }
  const envelope = readEnvelope(parsed);
  return isReason(envelope) ? envelope : openEnvelope(envelope);
}

function readEnvelope(parsed: unknown): Envelope | Reason {
  if (!isObject(parsed) || !isObject(parsed['title'])) {
    return { zh: '须为含 title 和 context 两个对象的 JSON 对象。', en: 'Must be an object with the objects title and context.' };
  }
  const title = readSection('title', withTextType(parsed['title']));
  if (isReason(title)) return title;
  if (parsed['context'] === undefined || parsed['context'] === null) return { title, context: undefined };
  const context = readSection('context', parsed['context']);
  return isReason(context) ? context : { title, context };
}

/** Values are text: as a JSON number an amount may already have lost its last digits. */
function readSection(name: string, section: unknown): Section | Reason {
  if (!isObject(section)) return { zh: `${name} 须为对象。`, en: `${name} must be an object.` };
  const sent = Object.entries(section).filter(([, value]) => value !== null);
  const fields = sent.filter((entry): entry is [string, string] => isFieldName(entry[0]) && typeof entry[1] === 'string');
  if (fields.length === sent.length) return Object.fromEntries(fields);
  const strange = sent.find(([field]) => !isFieldName(field));
  if (strange !== undefined) {
    return { zh: `${name} 中有不是字段代码的名称。`, en: `A name in ${name} is no field code.` };
  }
  const names = sent.flatMap(([field, value]) => (typeof value === 'string' ? [] : [field])).join(', ');
  return { zh: `值须为字符串：${names}。`, en: `Values must be strings: ${names}.` };
}

/** DATA_TYPE has three values and no digits to lose. */
function withTextType(title: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return typeof title['DATA_TYPE'] === 'number' ? { ...title, DATA_TYPE: String(title['DATA_TYPE']) } : title;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
