/**
 * Completion for shells, made from the commands themselves: what is not a command cannot be offered, what is one cannot be missed.
 */
import type { Command } from 'commander';

/** A command by its words, and what may follow it. */
interface Place {
  /** `system check`; '' for the program. */
  readonly path: string;
  readonly words: readonly { readonly word: string; readonly about: string }[];
}

/** Shells, by name. */
export const shells = ['bash', 'zsh', 'fish'] as const;

/** A shell that can complete. */
export type Shell = (typeof shells)[number];

/** @returns The script, to be read by the shell at its start. */
export function completionScript(shell: Shell, program: Command): string {
  const places = placesOf(program, []);
  return { bash: bashScript, zsh: zshScript, fish: fishScript }[shell](places);
}

function placesOf(command: Command, path: readonly string[]): readonly Place[] {
  const verbs = command.commands.map((verb) => ({ word: verb.name(), about: verb.description() }));
  const options = command.options.flatMap(({ long, description }) =>
    long === undefined || long === null ? [] : [{ word: long, about: description }],
  );
  return [
    { path: path.join(' '), words: [...verbs, ...options, { word: '--help', about: '显示用法 shows this help' }] },
    ...command.commands.flatMap((verb) => placesOf(verb, [...path, verb.name()])),
  ];
}

/** The words before the cursor that are commands, joined: the same loop in two shells. */
const walk = (words: string): string => `local at='' word
  for word in ${words}; do
    case "$at $word" in
CASES
    esac
  done`;

function cases(places: readonly Place[]): string {
  const paths = places.map(({ path }) => path).filter((path) => path !== '');
  return paths.map((path) => `      '${parentOf(path)} ${lastOf(path)}') at='${path}' ;;`).join('\n');
}

function bashScript(places: readonly Place[]): string {
  const offers = places.map(({ path, words }) => `    '${path}') offers='${words.map(({ word }) => word).join(' ')}' ;;`);
  return `# hub completion bash >> ~/.bashrc
_hub() {
  ${walk('"${COMP_WORDS[@]:1:COMP_CWORD-1}"').replace('CASES', () => cases(places))}
  local offers=''
  case "$at" in
${offers.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$offers" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _hub hub
`;
}

function zshScript(places: readonly Place[]): string {
  const offers = places.map(
    ({ path, words }) => `    '${path}') offers=(${words.map(({ word, about }) => `'${quoted(word)}:${quoted(about)}'`).join(' ')}) ;;`,
  );
  return `#compdef hub
# hub completion zsh > ~/.zfunc/_hub
_hub() {
  ${walk('"${(@)words[2,CURRENT-1]}"').replace('CASES', () => cases(places))}
  local -a offers
  case "$at" in
${offers.join('\n')}
  esac
  _describe hub offers || _files
}
if [ "$funcstack[1]" = _hub ]; then _hub "$@"; else compdef _hub hub; fi
`;
}

function fishScript(places: readonly Place[]): string {
  const lines = places.flatMap(({ path, words }) =>
    words.map(({ word, about }) => {
      const what = word.startsWith('--') ? `-l ${word.slice(2)}` : `-f -a ${word}`;
      return `complete -c hub -n '__hub_at "${path}"' ${what} -d '${about.replaceAll("'", '’')}'`;
    }),
  );
  const known = places.map(({ path }) => `"${path}"`).join(' ');
  return `# hub completion fish > ~/.config/fish/completions/hub.fish
function __hub_at
  set -l at ''
  for word in (commandline -opc)[2..-1]
    set -l next (string trim "$at $word")
    contains -- $next ${known}; and set at $next
  end
  test "$at" = "$argv[1]"
end
${lines.join('\n')}
`;
}

function parentOf(path: string): string {
  return path.split(' ').slice(0, -1).join(' ');
}

function lastOf(path: string): string {
  return path.split(' ').at(-1) ?? '';
}

function quoted(text: string): string {
  return text.replaceAll("'", '’').replaceAll(':', '\\:');
}
