/** The command line's door: commands that ask an exchange. */
export { exchangeCommands } from './exchange-commands.ts';
