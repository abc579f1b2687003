/**
 * Narrows the JSON of a province folder. What is missing or of another type is noted with file and entry, and reading goes on:
 * whoever writes such a file is told of all faults at once.
 * @see design/architecture.md «Layout»
 */
import { HubError } from '../errors.ts';

/** One thing that is wrong with the folder. */
export interface Fault {
  readonly file: string;
  /** Entry, as `[3].name`, or by its code, as `north.region`. */
  readonly at: string;
  readonly zh: string;
  readonly en: string;
}

/** What was found wrong so far. */
export type Faults = Fault[];

/** One JSON object of a file, and where it stands. */
export interface Fields {
  readonly file: string;
  readonly at: string;
  readonly faults: Faults;
  /** Names of the values that the object has. */
  readonly names: readonly string[];
  value(name: string): unknown;
  /** @returns The object; an empty one, noted as a fault, when the value is none. */
  entry(name: string): Fields;
}

/** Where a document's faults are noted, and under which name. */
export interface Document {
  readonly file: string;
  readonly at?: string;
  readonly faults: Faults;
}

/** @returns The objects of a list; none, noted as a fault, when it is no list. */
export function listOf(document: unknown, { file, at = '', faults }: Document): readonly Fields[] {
  if (Array.isArray(document)) return document.map((item: unknown, index) => fieldsOf(item, { file, at: `${at}[${index}]`, faults }));
  faults.push(missing(file, `${at}[]`));
  return [];
}

/** @returns The text; empty, noted as a fault, when the value is none or is empty. */
export function textIn(fields: Fields, name: string): string {
  const value = fields.value(name);
  if (typeof value === 'string' && value !== '') return value;
  fields.faults.push(missing(fields.file, `${fields.at}.${name}`));
  return '';
}

/** @returns The text; undefined when it is absent, null or empty. */
export function optionalText(fields: Fields, name: string): string | undefined {
  const value = fields.value(name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** @returns The texts; none, noted as a fault, when the value is no list of texts. */
export function textsIn(fields: Fields, name: string): readonly string[] {
  const value = fields.value(name);
  const items: readonly unknown[] = Array.isArray(value) ? value : [undefined];
  const texts = items.filter((item) => typeof item === 'string');
  if (texts.length === items.length) return texts;
  fields.faults.push(missing(fields.file, `${fields.at}.${name}`));
  return [];
}

/** @throws HubError CONFIG_INVALID that lists every fault, when there is one. */
export function refuseFaults(faults: readonly Fault[]): void {
  if (faults.length === 0) return;
  throw new HubError('CONFIG_INVALID', {
    zh: `省份数据有 ${faults.length} 处须改正：${faults.map(({ file, at, zh }) => `${file} 的 ${at} ${zh}`).join('；')}。`,
    en: `Province data, ${faults.length} to correct: ${faults.map(({ file, at, en }) => `${at} of ${file} ${en}`).join('; ')}.`,
  });
}

function missing(file: string, at: string): Fault {
  return { file, at, zh: '缺失或类型不符', en: 'is missing or of another type' };
}

function fieldsOf(item: unknown, { file, at = '', faults: told }: Document): Fields {
  const isObject = typeof item === 'object' && item !== null;
  if (!isObject) told.push(missing(file, at));
  // What is no object lacks every part of one: said once.
  const faults = isObject ? told : [];
  const values = new Map<string, unknown>(isObject ? Object.entries(item) : []);
  return {
    file,
    at,
    faults,
    names: [...values.keys()],
    value: (name) => values.get(name),
    entry: (name) => fieldsOf(values.get(name), { file, at: `${at}.${name}`, faults }),
  };
}
