/**
 * Narrows the JSON of a province folder, naming file and entry when something is missing or of another type.
 * @see design/architecture.md «Layout»
 */
import { HubError } from '../errors.ts';

/** One JSON object of a file, and where it stands. */
export interface Fields {
  /** File and entry, for messages. */
  readonly file: string;
  readonly at: string;
  value(name: string): unknown;
  /** @throws HubError CONFIG_INVALID when the value is not an object. */
  entry(name: string): Fields;
}

/** @throws HubError CONFIG_INVALID when the document is not a list of objects. */
export function listOf(document: unknown, file: string): readonly Fields[] {
  if (!Array.isArray(document)) throw invalid(file, '[]');
  return document.map((item: unknown, index) => fieldsOf(item, file, `[${index}]`));
}

/** @throws HubError CONFIG_INVALID when the value is not a text or is empty. */
export function textIn(fields: Fields, name: string): string {
  const value = fields.value(name);
  if (typeof value !== 'string' || value === '') throw invalid(fields.file, `${fields.at}.${name}`);
  return value;
}

/** @returns The text; undefined when it is absent, null or empty. */
export function optionalText(fields: Fields, name: string): string | undefined {
  const value = fields.value(name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** @throws HubError CONFIG_INVALID when the value is not a list of texts. */
export function textsIn(fields: Fields, name: string): readonly string[] {
  const value = fields.value(name);
  if (!Array.isArray(value)) throw invalid(fields.file, `${fields.at}.${name}`);
  return value.map((item: unknown) => {
    if (typeof item !== 'string') throw invalid(fields.file, `${fields.at}.${name}`);
    return item;
  });
}

/** The error for one entry of a file. */
export function invalid(file: string, at: string): HubError {
  return new HubError('CONFIG_INVALID', {
    zh: `省份数据 ${file} 的 ${at} 缺失、类型不符或与其他条目矛盾，请改正该文件。`,
    en: `Province data: ${at} of ${file} is missing, of another type or contradicts another entry. Correct the file.`,
  });
}

function fieldsOf(item: unknown, file: string, at: string): Fields {
  if (typeof item !== 'object' || item === null) throw invalid(file, at);
  const values = new Map<string, unknown>(Object.entries(item));
  return {
    file,
    at,
    value: (name) => values.get(name),
    entry: (name) => fieldsOf(values.get(name), file, `${at}.${name}`),
  };
}
