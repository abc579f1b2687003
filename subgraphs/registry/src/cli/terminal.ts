/** What a command works with, as every command has it. */
export { answer, type Format, type Terminal } from '@hub/kit/process';
