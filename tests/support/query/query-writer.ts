/**
 * What one generated operation is written with: names that do not clash, variables with their types, named fragments.
 */
import type { Dice } from '../dice.ts';
import type { Union } from '../union/union.ts';
import type { Level } from './law-schema.ts';

/** What generators work with. */
export interface Writing {
  readonly throws: Dice;
  /** Values come from its records, so that filters hit. */
  readonly union: Union;
  readonly level: Level;
  /** Whether a field may be asked at all. */
  readonly allows: (type: string, field: string) => boolean;
  readonly writer: QueryWriter;
}

/** Collects an operation's variables and fragments. */
export class QueryWriter {
  readonly #variables = new Map<string, { readonly type: string; readonly value: unknown }>();
  readonly #fragments: string[] = [];
  #names = 0;

  /** @returns A name no other part of the operation has. */
  name(prefix: string): string {
    this.#names += 1;
    return `${prefix}${this.#names}`;
  }

  /** @returns `$name` of a new variable. */
  variable(type: string, value: unknown): string {
    const name = this.name('v');
    this.#variables.set(name, { type, value });
    return `$${name}`;
  }

  /** @returns A spread of a new fragment. */
  fragment(type: string, selection: string): string {
    const name = this.name('F');
    this.#fragments.push(`fragment ${name} on ${type} ${selection}`);
    return `...${name}`;
  }

  /** @returns The whole document around the operation's selection, and its variables. */
  finish(selection: string): { readonly query: string; readonly variables: Readonly<Record<string, unknown>> } {
    const declared = [...this.#variables].map(([name, { type }]) => `$${name}: ${type}`);
    const head = declared.length === 0 ? 'query Generated' : `query Generated(${declared.join(', ')})`;
    const variables = Object.fromEntries([...this.#variables].map(([name, { value }]) => [name, value]));
    return { query: [`${head} ${selection}`, ...this.#fragments].join('\n'), variables };
  }
}
