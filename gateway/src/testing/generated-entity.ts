/**
 * An entity as one subgraph has it: keys, fields of its own, fields that others require, fields it computes from theirs.
 */
import { argumentsSdl, wrappedSdl } from './generated-field.ts';
import type { SubgraphChoice } from './generated-supergraph.ts';
import { requirements } from './required-values.ts';

/** Own fields have the subgraph's name before them, so that nothing is said twice; all share `shared`. */
export function entitySdl(entity: string, chosen: SubgraphChoice): string {
  const { name, choice } = chosen;
  const own = Array.from(
    { length: 1 + choice.below(3) },
    (_, index) => `${name}${entity}${index}${argumentsSdl(choice)}: ${wrappedSdl(chosen)}`,
  );
  const required = `${name}Plain(n: Int): Int ${name}Other(n: Int): Int ${name}Value: Value @shareable ${name}Hidden: String @inaccessible`;
  const { keys, fields } = keysOf(entity, name);
  return `type ${entity} implements Thing ${keys} {
    ${fields} shared: String @shareable ${required} ${own.join(' ')} ${computed(chosen, entity)} ${overridden(entity, name)}
  }`;
}

const external = {
  Plain: 'Plain(n: Int): Int',
  Other: 'Other(n: Int): Int',
  Value: 'Value: Value',
  Hidden: 'Hidden: String',
} as const;

/** What a later subgraph computes from fields of an earlier one, and what it gives of it by the way. */
function computed({ name, before, choice, provides }: SubgraphChoice, entity: string): string {
  if (before === undefined) return '';
  const chosen = choice.some(requirements, 35);
  const needed = new Set([...chosen.map(({ of }) => of), ...(entity === 'Two' && provides ? ['Value' as const] : [])]);
  return [
    ...[...needed].map((of) => `${before}${external[of]} @external`),
    ...chosen.map(({ ending, of, written }) => {
      const type = of === 'Plain' || of === 'Other' ? 'Int' : 'String';
      return `${name}${ending}: ${type} @requires(fields: "${before}${of}${written}")`;
    }),
  ].join(' ');
}

/** The third entity is known by its code in the last subgraph, by both in the second. */
function keysOf(entity: string, name: string): { readonly keys: string; readonly fields: string } {
  if (entity !== 'Three' || name === 'a') return { keys: '@key(fields: "id")', fields: 'id: ID!' };
  const code = '@key(fields: "code")';
  if (name === 'b') return { keys: `@key(fields: "id") ${code}`, fields: 'id: ID! code: ID!' };
  return { keys: code, fields: 'id: ID! @shareable code: ID!' };
}

function overridden(entity: string, name: string): string {
  if (entity !== 'One' || name === 'c') return '';
  return name === 'a' ? 'moved: Int' : 'moved: Int @override(from: "a")';
}
