/**
 * One graph held against another: what is missing or changed, and what was added that may not be.
 * @see schema/PROTOCOL.md 9
 */
import type { Fault } from '../audit.ts';
import { type Served, type ServedField, type ServedType, isStub } from './served.ts';

/** What a comparison found. */
export interface Differences {
  /** Places compared. */
  readonly judged: number;
  readonly found: readonly Fault[];
}

/**
 * @param partly - Only what both have is compared.
 * @returns What of the graph that is due is not served, or otherwise. Types known by their key only need not be there.
 */
export function differences(due: Served, served: Served, { partly = false } = {}): Differences {
  const found: Fault[] = [];
  let judged = 0;
  for (const [name, type] of due.types) {
    const given = served.types.get(name);
    if (given === undefined) {
      if (!partly && !isStub(type) && type.kind !== 'Scalar') found.push({ asked: name, answered: absent, expected: type.kind });
      judged++;
      continue;
    }
    if (isStub(type) || isStub(given)) continue;
    if (given.kind !== type.kind) found.push({ asked: name, answered: given.kind, expected: type.kind });
    for (const one of partly ? [] : type.interfaces) {
      if (!given.interfaces.has(one))
        found.push({ asked: name, answered: `不实现 does not implement ${one}`, expected: `implements ${one}` });
    }
    for (const [field, wanted] of type.fields) {
      const got = given.fields.get(field);
      if (got === undefined && partly) continue;
      judged++;
      found.push(...fieldDifferences(`${name}.${field}`, wanted, got));
    }
  }
  return { judged, found };
}

/** @returns Additions that could break who relies on the contract alone. */
export function additions(due: Served, served: Served): readonly Fault[] {
  return [...due.types].flatMap(([name, type]) => {
    const given = served.types.get(name);
    return given === undefined || isStub(type)
      ? []
      : [...given.fields].flatMap(([field, got]) => addition(`${name}.${field}`, { type, field, got }));
  });
}

const absent = '没有 absent';

function fieldDifferences(place: string, due: ServedField, given: ServedField | undefined): readonly Fault[] {
  if (given === undefined) return [{ asked: place, answered: absent, expected: due.type || place }];
  const found: Fault[] = [];
  if (given.type !== due.type) found.push({ asked: place, answered: given.type, expected: due.type });
  if (given.fallback !== due.fallback) {
    found.push({ asked: place, answered: `默认 default ${given.fallback ?? '-'}`, expected: `默认 default ${due.fallback ?? '-'}` });
  }
  for (const [name, wanted] of due.arguments) found.push(...fieldDifferences(`${place}(${name}:)`, wanted, given.arguments.get(name)));
  return found;
}

interface Added {
  readonly type: ServedType;
  readonly field: string;
  readonly got: ServedField;
}

function addition(place: string, { type, field, got }: Added): readonly Fault[] {
  const wanted = type.fields.get(field);
  if (wanted !== undefined) {
    return [...got.arguments]
      .filter(([name, { type: inner, fallback }]) => !wanted.arguments.has(name) && inner.endsWith('!') && fallback === undefined)
      .map(([name, { type: inner }]) => ({
        asked: `${place}(${name}:)`,
        answered: inner,
        expected: '多出的参数可省  added arguments are optional',
      }));
  }
  if (type.kind === 'Enum')
    return [{ asked: place, answered: '多出的取值 an added value', expected: '契约所列的取值  the values of the contract' }];
  if (!got.type.endsWith('!') || got.fallback !== undefined || got.type === '_Service!' || got.type === '[_Entity]!') return [];
  // Roots of other contracts are judged by those contracts.
  if (place.startsWith('Query.')) return [];
  return [{ asked: place, answered: got.type, expected: '多出的字段可空  added fields are nullable' }];
}
