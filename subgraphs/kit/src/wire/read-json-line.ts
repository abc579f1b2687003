/**
 * One record on one line of JSON: `{"title":{"DATA_EN":…,"DATA_KEY":…,"DATA_TYPE":…},"context":{…}}`.
 * @see standard/exchange.md 3
 */
import type { WireRecord } from '@hub/schema';

import { type Unreadable, isFieldName, openEnvelope, unreadable } from './envelope.ts';
import type { Reason } from './wire-entry.ts';

type Values = Readonly<Record<string, string>>;
type JsonObject = Readonly<Record<string, unknown>>;

const oneALine: Reason = {
  zh: '每行应为一个完整的 JSON 对象 {"title":{…},"context":{…}}',
  en: 'each line is to be one whole JSON object, {"title":{…},"context":{…}}',
};

/** @returns The record, or why the line holds none. */
export function readJsonLine(line: string): WireRecord | Unreadable {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return unreadable(`不是合法的 JSON；${oneALine.zh}。`, `Not JSON: ${oneALine.en}.`);
  }
  if (!isObject(parsed) || !isObject(parsed['title'])) {
    return unreadable(`不是报文；${oneALine.zh}。`, `No message: ${oneALine.en}.`);
  }
  const title = readSection('title', withTextType(parsed['title']));
  if ('problem' in title) return title;
  if (parsed['context'] === undefined || parsed['context'] === null) return openEnvelope({ title: title.values, context: undefined });
  const context = readSection('context', parsed['context']);
  return 'problem' in context ? context : openEnvelope({ title: title.values, context: context.values });
}

/** Values are text: as a JSON number an amount may already have lost its last digits. */
function readSection(name: string, section: unknown): { readonly values: Values } | Unreadable {
  if (!isObject(section)) return unreadable(`${name} 须为对象。`, `${name} must be an object.`);
  const sent = Object.entries(section).filter(([, value]) => value !== null);
  if (!sent.every(([field]) => isFieldName(field))) {
    return unreadable(`${name} 中有不是字段代码的名称。`, `A name in ${name} is no field code.`);
  }
  const texts = sent.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  if (texts.length === sent.length) return { values: Object.fromEntries(texts) };
  const others = sent.flatMap(([field, value]) => (typeof value === 'string' ? [] : [field])).join(', ');
  return unreadable(`值须为字符串：${others}。`, `Values must be strings: ${others}.`);
}

/** DATA_TYPE has three values and no digits to lose. */
function withTextType(title: JsonObject): JsonObject {
  return typeof title['DATA_TYPE'] === 'number' ? { ...title, DATA_TYPE: String(title['DATA_TYPE']) } : title;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
