/** The command line's door: commands that ask an exchange, and the codes that explain themselves. */
export { sourceFaults } from '../harvest/source-faults.ts';
export { exchangeCommands } from './exchange-commands.ts';
