/** For tests: folders to verify. */
export { type ToyFolder, writeToyFolder } from './toy-folder.ts';
export { type ToyEntry, toyLine } from './toy-line.ts';
