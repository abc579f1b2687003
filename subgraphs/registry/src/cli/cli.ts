/**
 * The command line's door: the commands that ask the registry, and how they end.
 * @see README «命令行 · Command line»
 */
export { exitCodeOf } from './exit-code.ts';
export { type Explanation, readExplanations } from './explain/explanation.ts';
export { type CommandOptions, registryCommands } from './registry-commands.ts';
export type { Terminal } from './terminal.ts';
