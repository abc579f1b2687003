/**
 * Keeps what a client calls its fields apart from what subgraphs must be told. The planner reads keys and what `@requires` needs
 * under the fields' own names, where a client's alias, or the client's own arguments, may stand: `{ product { upc: name stock } }`
 * would tell the stock's subgraph a name for the upc. Such fields are planned under a name of their own, and get theirs back in
 * the answer.
 * @see design/engine.md «Known faults»; GraphQL, October 2021, 5.3.2 «Field Selection Merging»
 */
import { fieldSet, type Joins } from '@hub/schema';
import { type DocumentNode, type FieldNode, Kind, print, visit } from 'graphql';

/** By names of fields that subgraphs are told: the ways of asking for them, written as arguments. */
export type ToldFields = ReadonlyMap<string, ReadonlySet<string>>;

/** A document whose fields are not taken for others. */
export interface Separated {
  readonly document: DocumentNode;
  /** Response keys that changed: from the client's to that in the data. */
  readonly keys: ReadonlyMap<string, string>;
}

export function toldFieldsOf({ types, fields }: Joins): ToldFields {
  const told = new Map([['__typename', new Set([''])]]);
  const sets = new Set([...types.map(({ key }) => key), ...fields.map(({ requires }) => requires)]);
  for (const set of sets) {
    if (set === undefined) continue;
    visit(fieldSet(set), {
      Field(node) {
        const known = told.get(node.name.value);
        if (known === undefined) told.set(node.name.value, new Set([argumentsOf(node)]));
        else known.add(argumentsOf(node));
      },
    });
  }
  return told;
}

/** @returns Undefined, nearly always, when no field can be taken for another. */
export function separateKeys(document: DocumentNode, told: ToldFields): Separated | undefined {
  const taken = new Set(told.keys());
  const mistakable = new Set<string>();
  visit(document, {
    Field(node) {
      const key = keyOf(node);
      taken.add(key);
      if (told.has(key) && !isAsTold(node, told)) mistakable.add(key);
    },
  });
  if (mistakable.size === 0) return undefined;
  const keys = new Map([...mistakable].map((key) => [key, freeName(key, taken)]));
  const separated = visit(document, {
    Field(node) {
      const name = keys.get(keyOf(node));
      return name === undefined ? undefined : { ...node, alias: { kind: Kind.NAME, value: name } };
    },
  });
  return { document: separated, keys };
}

/** What is told under the name is the same, whoever asks for it. */
function isAsTold(node: FieldNode, told: ToldFields): boolean {
  const ways = told.get(node.name.value);
  return keyOf(node) === node.name.value && ways?.size === 1 && ways.has(argumentsOf(node));
}

function keyOf({ alias, name }: FieldNode): string {
  return alias?.value ?? name.value;
}

function argumentsOf({ arguments: given = [] }: FieldNode): string {
  return given
    .map((argument) => print(argument))
    .toSorted()
    .join(', ');
}

function freeName(key: string, taken: Set<string>): string {
  let name = `as_${key}`;
  while (taken.has(name)) name += '_';
  taken.add(name);
  return name;
}
