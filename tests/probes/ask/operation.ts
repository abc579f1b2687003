/**
 * What one probe's operation is written with: variables with their values or defaults, named fragments.
 */

/** An operation as it is sent. */
export interface Operation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
}

/** Collects an operation's variables and fragments. */
export class OperationWriter {
  readonly #declared: string[] = [];
  readonly #values: Record<string, unknown> = {};
  readonly #fragments: string[] = [];
  #names = 0;

  /** @returns A name no other part of the operation has. */
  name(prefix: string): string {
    this.#names += 1;
    return `${prefix}${this.#names}`;
  }

  /** @returns `$name` of a variable that is sent. */
  variable(type: string, value: unknown): string {
    const name = this.name('v');
    this.#declared.push(`$${name}: ${type}`);
    this.#values[name] = value;
    return `$${name}`;
  }

  /** @returns `$name` of a variable that is not sent and has its value from the document. */
  byDefault(type: string, literal: string): string {
    const name = this.name('d');
    this.#declared.push(`$${name}: ${type} = ${literal}`);
    return `$${name}`;
  }

  /** @returns A spread of a new named fragment. */
  fragment(type: string, selection: string): string {
    const name = this.name('F');
    this.#fragments.push(`fragment ${name} on ${type} { ${selection} }`);
    return `...${name}`;
  }

  /** @returns The operation around its root selection. */
  finish(selection: string): Operation {
    const head = this.#declared.length === 0 ? 'query Probe' : `query Probe(${this.#declared.join(', ')})`;
    return { query: [`${head} { ${selection} }`, ...this.#fragments].join('\n'), variables: this.#values };
  }
}

/** @returns A value as a GraphQL document writes it; texts in capitals under `enums` stay bare. */
export function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([name, inner]) => `${name}: ${literal(inner)}`)
    .join(', ')} }`;
}
