/**
 * What tests of other packages need of this one.
 */
export { choiceOf } from './choice.ts';
export { openDirect } from './direct.ts';
export { openBothEngines, type RunOperation } from './both-engines.ts';
export { generatedSource } from './generated-data.ts';
export { generateOperation, type GeneratedOperation } from './generated-operation.ts';
export { generateSupergraph, type GeneratedSupergraph } from './generated-supergraph.ts';
