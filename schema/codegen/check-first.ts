/**
 * The first step of `npm run generate`: what is wrong with the contracts is told once and in words. The generator would tell it
 * for each of its files, with stacks.
 * @see design/architecture.md «Composition»
 */
import { HubError } from '../src/errors.ts';
import { composeSupergraph } from './compose-supergraph.ts';
import { loadSubgraphs } from './load-contracts.ts';

try {
  composeSupergraph(loadSubgraphs());
} catch (cause) {
  const said = cause instanceof HubError ? `${cause.message}\n${cause.messageEn}` : cause instanceof Error ? cause.message : String(cause);
  process.stderr.write(`${said}\n`);
  process.exitCode = 1;
}
