/**
 * What tests of other packages need of this one.
 */
export { choiceOf } from './choice.ts';
export { openDirect } from './direct.ts';
export { type Outcome, openBothEngines, type RunOperation } from './both-engines.ts';
export { deferSome, mergeParts } from './deferred.ts';
export { answerFaults, faultsOf } from './faulty-answer.ts';
export { plannerFaults } from './planner-faults.ts';
export { openOracle } from './oracle.ts';
export { createWorld, type World } from './world.ts';
export { generatedSource } from './generated-source.ts';
export { generateOperation, type GeneratedOperation } from './generated-operation.ts';
export { generateSupergraph, type GeneratedSupergraph } from './generated-supergraph.ts';
