/**
 * Composes all contracts into the one supergraph the gateway plans with. Hints are errors here: where two contracts differ,
 * composition keeps one value and only hints. So are the flaws that composition lets through and no gateway can plan around.
 * @see design/architecture.md «Composition»
 */
import { composeServices } from '@apollo/composition';
import { buildASTSchema, parse } from 'graphql';

import { type Flaw, flawsOf } from '../src/supergraph/flaws.ts';
import { joinsOf } from '../src/supergraph/joins.ts';

/** One subgraph to compose. */
export interface Subgraph {
  readonly name: string;
  readonly url: string;
  readonly sdl: string;
}

/** Hints that tell of no difference between contracts. */
const harmless: ReadonlySet<string> = new Set(['UNUSED_ENUM_TYPE', 'INCONSISTENT_BUT_COMPATIBLE_FIELD_TYPE']);

/**
 * @returns Text of the supergraph.
 * @throws Error that lists every composition error, hint and flaw.
 */
export function composeSupergraph(subgraphs: readonly Subgraph[]): string {
  const result = composeServices(subgraphs.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) })));
  const problems = [
    ...(result.errors ?? []).map((error) => error.message),
    ...(result.hints ?? []).filter((hint) => !harmless.has(hint.definition.code)).map((hint) => `${hint.definition.code}: ${hint.message}`),
    ...flawsIn(result.supergraphSdl).map(({ en }) => en),
  ];
  if (problems.length > 0 || result.supergraphSdl === undefined) {
    throw new Error(`the contracts do not compose:\n${problems.join('\n')}`);
  }
  return `${result.supergraphSdl}\n`;
}

function flawsIn(supergraphSdl: string | undefined): readonly Flaw[] {
  return supergraphSdl === undefined ? [] : flawsOf(joinsOf(buildASTSchema(parse(supergraphSdl), { assumeValidSDL: true })));
}
