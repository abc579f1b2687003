/**
 * Fields that are computed from fields of another subgraph: which, how, and what those are asked with.
 */
import { type Thing, Wrong } from './generated-values.ts';

interface Required {
  /** That it is computed from. */
  readonly field: string;
  /** Arguments with which it is required. */
  readonly given: Readonly<Record<string, unknown>>;
  readonly compute: (value: unknown) => unknown;
}

/** Endings of computed fields, of what they require, and how `@requires` writes it. */
export const requirements = [
  { ending: 'Computed', of: 'Plain', written: '', given: {}, compute: plusOne },
  { ending: 'With', of: 'Other', written: '(n: 3)', given: { n: 3 }, compute: plusOne },
  { ending: 'Again', of: 'Other', written: '(n: 4)', given: { n: 4 }, compute: plusOne },
  { ending: 'Nested', of: 'Value', written: ' { text }', given: {}, compute: (value: unknown) => textOf(value) },
  {
    ending: 'Unhidden',
    of: 'Hidden',
    written: '',
    given: {},
    compute: (value: unknown) => (typeof value === 'string' ? `${value}?` : null),
  },
] as const;

/** @param name - `bOneComputed` is computed from `aOnePlain`. @returns Undefined for any other field. */
export function requiredBy(name: string): Required | undefined {
  const found = requirements.find(({ ending }) => name.endsWith(ending));
  if (found === undefined) return undefined;
  const before = name.startsWith('b') ? 'a' : 'b';
  return { ...found, field: `${before}${name.slice(1, -found.ending.length)}${found.of}` };
}

interface Values {
  /** Of the required field. */
  readonly valueOf: () => unknown;
  readonly textOf: (value: Thing) => unknown;
}

/** @returns What is computed where nobody was told: of a value only its text is required. */
export function computed({ compute }: Required, { valueOf, textOf }: Values): unknown {
  const value = told(valueOf);
  return compute(isValue(value) ? { text: told(() => textOf(value)) } : value);
}

/** What stands in a representation: what was given, right or wrong. */
function told(value: () => unknown): unknown {
  try {
    return value();
  } catch (error) {
    return error instanceof Wrong ? error.value : null;
  }
}

function isValue(value: unknown): value is Thing {
  return typeof value === 'object' && value !== null && '__typename' in value && value.__typename === 'Value';
}

function plusOne(value: unknown): number | null {
  return typeof value === 'number' ? value + 1 : null;
}

function textOf(value: unknown): string | null {
  const text: unknown = typeof value === 'object' && value !== null && 'text' in value ? value.text : undefined;
  return typeof text === 'string' ? `${text}!` : null;
}
