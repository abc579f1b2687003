/**
 * What generated operations must really have met: each ingredient is counted where it is asked for, for one that composes and is
 * never asked proves nothing.
 */

import { answerFaults } from '@hub/gateway/testing';

/** By name, what shows in an operation's text, variables or answer. */
const ingredients: Readonly<Record<string, (met: Met) => boolean>> = {
  'a computed field': ({ text }) => /\b[bc]Computed\b/.test(text),
  'a requirement with arguments': ({ text }) => /\b[bc]With\b/.test(text),
  'requirements of one field with different arguments': ({ text }) => /\b[bc]With\b/.test(text) && /\b[bc]Again\b/.test(text),
  'a nested requirement': ({ text }) => /\b[bc]Nested\b/.test(text),
  'a requirement that clients do not see': ({ text }) => /\b[bc]Unhidden\b/.test(text),
  'a provided field': ({ text }) => /\b[bc]Provided\b/.test(text),
  'an overridden field': ({ text }) => /\bmoved\b/.test(text),
  'a shared value': ({ text }) => /\b[abc]Value\b/.test(text),
  'an interface object': ({ text }) => /\b[bc]Item\b/.test(text),
  'an interface with a key': ({ data }) => /"(__typename|kindOf)":"(Book|Film)"/.test(data),
  'a second key': ({ text }) => /\bThree\b/.test(text) && /\bcode\b/.test(text),
  'a union': ({ supergraph, text }) => /: \[*Either/.test(supergraph) && text.includes('... on One'),
  'a list of lists': ({ data }) => /\[\[[^[\]]/.test(data),
  'a custom scalar': ({ text }) => text.includes('any: '),
  'an input object in an input object': ({ text }) => text.includes('inner: '),
  'an input object in a list': ({ text }) => /(list|wishes): \[/.test(text),
  'a variable in an input object': ({ text }) => /\{[^{}()]*(n|kind|words|inner|list|must): \$v/.test(text),
  'a variable in a list': ({ text }) => /\[[^\]]*\$v/.test(text),
  'a variable left to its default': ({ text, variables }) =>
    [...text.matchAll(/\$(v\d+): [^=$]* = /g)].some(([, name = '']) => !(name in variables)),
  'a variable that is null': ({ variables }) => Object.values(variables).includes(null),
  'a variable that is absent': ({ text, variables }) => [...text.matchAll(/\$(v\d+): /g)].some(([, name = '']) => !(name in variables)),
  'a condition on a field': ({ text }) => /\w @(skip|include)/.test(text),
  'a condition on a fragment': ({ text }) => /on \w+ @(skip|include)/.test(text),
  'a condition on a spread': ({ text }) => /\.\.\.F\d+ @(skip|include)/.test(text),
  'a fragment in a fragment': ({ text }) => /^fragment .*\.\.\.F\d/m.test(text),
  'an alias that is a key': ({ text }) => /\bid: (?!ID|\$|"|\d|null)\w/.test(text),
  'the response key __proto__': ({ data }) => data.includes('"__proto__":'),
  'the response key constructor': ({ data }) => data.includes('"constructor":'),
  'a question about the schema': ({ text }) => /__(type|schema)\b/.test(text),
  'a type that clients do not see': ({ text }) => text.includes('__type(name: "Ghost")'),
  'a required field with arguments of the client': ({ text }) => /[^:] [ab](Plain|Other)\(/.test(text),
  'changes in a fragment': ({ text, changes }) => changes > 1 && text.includes('on Mutation '),
  'several changes': ({ changes }) => changes > 1,
  'an error with a path': ({ data, errors }) => data !== 'null' && errors.includes('it broke'),
  'a value of a wrong type': ({ faults }) => faults.some((fault) => /^no (Int|String|list|Value|ID)/.test(fault)),
  'a value that clients do not see': ({ faults }) => faults.includes('no Kind'),
  'a type that does not exist': ({ faults }) => faults.includes('an unknown type'),
  'null where it may not stand': ({ faults }) => faults.includes('null where null may not stand'),
};

/** One operation that was run. */
export interface Met {
  readonly supergraph: string;
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Of the answer, as text. */
  readonly data: string;
  readonly errors: string;
  /** What values were wrong. */
  readonly faults: readonly string[];
  readonly changes: number;
}

/** Counts what was met. */
export class Ingredients {
  readonly #counts = new Map<string, number>(
    [...Object.keys(ingredients), ...answerFaults.map((fault) => `answers: ${fault}`)].map((name) => [name, 0]),
  );

  count(met: Met): void {
    for (const [name, isMet] of Object.entries(ingredients)) if (isMet(met)) this.add(name);
  }

  add(name: string): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  get counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#counts);
  }

  /** What was never met. */
  get missing(): readonly string[] {
    return [...this.#counts].flatMap(([name, count]) => (count === 0 ? [name] : []));
  }
}
