/**
 * The standard's code lists. A third of them are not known in full, and the nation adds values: what is not on a list is
 * wrong only where the list is complete.
 * @see design/graph.md «Types»; schema/codes/
 */
import { type Direction, isDirection } from './contract.ts';
import { HubError } from './errors.ts';

/** One value of a list. */
export interface CodeValue {
  readonly code: string;
  /** Chinese. */
  readonly label: string;
  readonly labelEn: string | undefined;
  /** First day it holds, `YYYY-MM-DD`; undefined: always did. */
  readonly from: string | undefined;
  /** First day it no longer holds, or its year where no more is known; undefined: still does. */
  readonly until: string | undefined;
  /** Of a category: whether the public pays or is paid. */
  readonly direction?: Direction | undefined;
  /** Whether one province added it to the list. */
  readonly provincial?: boolean;
}

/** One list, as a file of `schema/codes/` has it. */
export interface CodeList {
  readonly name: string;
  /** Whether all its values are known. */
  readonly complete: boolean;
  /** Chinese name of the list; absent when its file gives none. */
  readonly title?: string | undefined;
  /** Where its values are known from. */
  readonly source?: string | undefined;
  /** Whether it was never established that the known values are all: then `complete` is false too. */
  readonly unconfirmed?: boolean;
  readonly values: readonly CodeValue[];
}

/** All lists, looked up by name; an unknown list is an incomplete one without values. */
export class CodeLists {
  readonly #lists: ReadonlyMap<string, CodeList>;
  readonly #values: ReadonlyMap<string, ReadonlyMap<string, readonly CodeValue[]>>;

  constructor(lists: readonly CodeList[]) {
    this.#lists = new Map(lists.map((list) => [list.name, list]));
    this.#values = new Map(lists.map((list) => [list.name, Map.groupBy(list.values, (value) => value.code)]));
  }

  /** @returns Every list. */
  all(): readonly CodeList[] {
    return [...this.#lists.values()];
  }

  /** @returns The list; undefined when there is none of that name. */
  list(name: string): CodeList | undefined {
    return this.#lists.get(name);
  }

  /**
   * @param at - Day `YYYY-MM-DD` or later instant on which the code was used.
   * @returns The Chinese label that held on that day, or the latest when no day is given or none held then; undefined
   * when the list or the code is not known.
   */
  label(name: string, code: string, at?: string): string | undefined {
    const values = this.#values.get(name)?.get(code);
    if (values === undefined) return undefined;
    const held = at === undefined ? undefined : values.find((value) => holds(value, at.slice(0, 10)));
    return (held ?? values.at(-1))?.label;
  }

  /** @returns The direction that the list gives for the code; undefined where it gives none. */
  direction(name: string, code: string): Direction | undefined {
    return this.#values.get(name)?.get(code)?.at(-1)?.direction;
  }

  /** Whether the list has the code, whatever the day: retired codes stay in old records. */
  isKnown(name: string, code: string): boolean {
    return this.#values.get(name)?.has(code) ?? false;
  }

  /** Whether the code begins with a value of the list: where lists are known in part, often only their upper levels are. */
  isBelowKnown(name: string, code: string): boolean {
    const values = this.#values.get(name);
    if (values === undefined) return false;
    return Array.from(code, (_, place) => code.slice(0, place)).some((prefix) => values.has(prefix));
  }

  /** Whether the list is known in full, so that a code outside it is an error. */
  complete(name: string): boolean {
    return this.#lists.get(name)?.complete ?? false;
  }

  /** Whether anything is known of the list's values: without any, no code can be called unknown. */
  hasValues(name: string): boolean {
    return (this.#values.get(name)?.size ?? 0) > 0;
  }
}

/**
 * @param files - Parsed files of `schema/codes/`, later ones replacing earlier ones of the same name.
 * @throws HubError CONTRACT_INVALID when one is not a code list, with its name and the first thing wrong.
 */
export function loadCodeLists(files: readonly unknown[]): CodeLists {
  return new CodeLists(files.map(readList));
}

function readList(file: unknown): CodeList {
  if (!isObject(file) || typeof file['name'] !== 'string') throw invalid('?', 'name');
  const { name, values } = file;
  if (!Array.isArray(values)) throw invalid(name, 'values');
  return {
    name,
    complete: file['complete'] === true,
    title: optionalText(file['nameZh']),
    source: optionalText(file['source']),
    ...(file['complete'] === null ? { unconfirmed: true } : {}),
    values: values.map((value) => readValue(name, value)),
  };
}

function readValue(list: string, value: unknown): CodeValue {
  if (!isObject(value)) throw invalid(list, 'values');
  const { code, label } = value;
  if (typeof code !== 'string' || code === '') throw invalid(list, 'code');
  if (typeof label !== 'string') throw invalid(list, `label (${code})`);
  return {
    code,
    label,
    labelEn: optionalText(value['labelEn']),
    from: optionalDay(list, code, value['from']),
    until: optionalDay(list, code, value['until']),
    ...optionalDirection(list, code, value['direction']),
  };
}

function optionalText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function optionalDay(list: string, code: string, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) throw invalid(list, `from/until (${code})`);
  return value;
}

function optionalDirection(list: string, code: string, value: unknown): Pick<CodeValue, 'direction'> {
  if (value === undefined || value === null) return {};
  if (!isDirection(value)) throw invalid(list, `direction (${code})`);
  return { direction: value };
}

function holds(value: CodeValue, day: string): boolean {
  return (value.from === undefined || value.from <= day) && (value.until === undefined || day < value.until);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(list: string, what: string): HubError {
  return new HubError('CONTRACT_INVALID', {
    zh: `代码表 ${list} 有误：${what}。`,
    en: `Code list ${list} is wrong: ${what}.`,
  });
}
