/**
 * JSON of any shape → the flat texts of a row: `detail.project.name`, lists of plain values joined by semicolons, items of
 * other lists by their place. Lists of {code, value} become `pairs.CODE`.
 * @see standard/exchange.md 3 «public read only»
 */
import type { PortalCall } from '../mapping/portal-call.ts';
import type { Row } from '../read/reader.ts';

/** @returns The texts under the prefix; blank ones too. */
export function flatten(value: unknown, prefix: string): Row {
  const row: Record<string, string> = {};
  collect(value, prefix, row);
  return row;
}

/** @returns What stands at a path, `*` meaning every item; empty when nothing does. */
export function valuesAt(value: unknown, path: string): readonly unknown[] {
  let found: readonly unknown[] = [value];
  for (const step of path.split('.')) {
    found = found.flatMap((each) => {
      if (step === '*') return childrenOf(each).map(([, child]) => child);
      return childrenOf(each).flatMap(([name, child]) => (name === step ? [child] : []));
    });
  }
  return found;
}

/** @returns `pairs.CODE` → value; of a code that stands several times, the values joined by semicolons. */
export function pairsOf(value: unknown, { at, code, value: valueName }: NonNullable<PortalCall['pairs']>): Row {
  const row: Record<string, string> = {};
  for (const item of valuesAt(value, at).flatMap((each): unknown[] => (Array.isArray(each) ? each : [each]))) {
    const [name] = valuesAt(item, code).flatMap(textOf);
    const [text] = valuesAt(item, valueName).flatMap(textOf);
    if (name === undefined || text === undefined) continue;
    const known = row[`pairs.${name}`];
    row[`pairs.${name}`] = known === undefined || known === text ? text : `${known};${text}`;
  }
  return row;
}

function collect(value: unknown, path: string, row: Record<string, string>): void {
  const [text] = textOf(value);
  if (text !== undefined) {
    if (path !== '') row[path] = text;
    return;
  }
  if (Array.isArray(value) && value.length > 0 && value.every((item) => textOf(item).length === 1)) {
    row[path] = value.flatMap(textOf).join(';');
    return;
  }
  for (const [name, child] of childrenOf(value)) collect(child, path === '' ? name : `${path}.${name}`, row);
}

function childrenOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function textOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'number' || typeof value === 'boolean' ? [String(value)] : [];
}
