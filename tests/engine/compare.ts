/**
 * Two answers to one operation: ours against the specification's, ours against the stock engine's. What may differ is written here
 * and in gateway/README.md «Where the reference is wrong», and nothing else may.
 */
import type { Outcome } from '@hub/gateway/testing';

/** What came of an operation, and what it changed, in order. */
export interface Answered extends Outcome {
  readonly changes: readonly string[];
}

/** How the stock engine fails of itself over an answer it did not expect; everything is lost then. */
const ownFailures =
  /^(Invalid non-(list|object) value|value\.flatMap is not a function|Cannot use 'in' operator|Expected "data\._entities")/;

/** @returns Whether both are the same, member by member in order. */
export function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** @returns What is wrong with ours; nothing, when data, changes and places of errors are those of the specification. */
export function againstSpecification(ours: Answered, expected: Answered): readonly string[] {
  if (!same(ours.data, expected.data)) return [`data ${JSON.stringify(ours.data)}`, `expected ${JSON.stringify(expected.data)}`];
  if (!same(ours.changes, expected.changes)) return [`changes ${ours.changes.join()}`, `expected ${expected.changes.join()}`];
  const [found, due] = [placesOf(ours), placesOf(expected)];
  const missing = [...due].filter((place) => !found.has(place) && !isCovered(place, ours.data, found));
  const more = [...found].filter((place) => !due.has(place) && !isCovered(place, ours.data, due));
  if (missing.length + more.length === 0) return [];
  return [...missing.map((place) => `no error at ${place}`), ...more.map((place) => `an error at ${place}`), JSON.stringify(ours)];
}

/** Why the stock engine differs, where it may. */
export type Difference = 'it failed of itself' | '__proto__ is lost' | 'an interface object forgets its type';

/** @returns undefined: it does not. */
export function againstReference(text: string, ours: Answered, reference: Answered): Difference | 'unknown' | undefined {
  const messages = messagesOf(reference);
  if (messages.some((message) => ownFailures.test(message))) return 'it failed of itself';
  if (!same(ours.changes, reference.changes)) return 'unknown';
  if (same(ours.data, reference.data)) return same(messages, messagesOf(ours)) ? undefined : 'unknown';
  if (JSON.stringify(ours.data).includes('"__proto__":')) return '__proto__ is lost';
  return asksItems.test(text) ? 'an interface object forgets its type' : 'unknown';
}

/** Items are an interface in one subgraph and an object in others. */
const asksItems = /\b([abc]Item|on (Item|Book|Film))\b/;

function messagesOf({ errors = [] }: Outcome): readonly string[] {
  return [...new Set(errors.map(({ message }) => message))].toSorted();
}

/** Places of errors, and of what was given against its type, which the stock engine tells apart and so do we. */
function placesOf({ errors = [], extensions }: Outcome): ReadonlySet<string> {
  const completion: unknown = extensions?.['valueCompletion'];
  const faults: readonly { readonly path?: readonly (string | number)[] }[] = Array.isArray(completion) ? completion : [];
  return new Set([...errors, ...faults].map(({ path }) => JSON.stringify(path ?? 'nowhere')));
}

/**
 * Whether an error more or less makes no difference: its place or one above it is null for another reason (which of them is told is
 * left open, GraphQL 6.4.4), or it is told of an object, for nobody asked for what it is about: a field that another requires.
 */
function isCovered(place: string, data: unknown, others: ReadonlySet<string>): boolean {
  const path: unknown = JSON.parse(place);
  if (!Array.isArray(path)) return false;
  let value = data;
  for (const step of path) {
    if (value === null || value === undefined) return true;
    if (typeof value !== 'object' || !Object.hasOwn(value, String(step))) return false;
    value = Object.getOwnPropertyDescriptor(value, String(step))?.value;
  }
  const within = place.replace(/\]$/, ',');
  return value === null ? [...others].some((other) => other.startsWith(within)) : typeof value === 'object';
}
