/**
 * A guide as a test follows it: its fenced blocks in order. ```` ```sh ```` is run, ```` ```text ```` is what the block before it
 * prints, a block of any other language with a path after it is a file. In what is shown `…` stands for anything in a line, and
 * alone in a line for any lines.
 */

/** A file that the reader writes. */
export interface GuideFile {
  readonly path: string;
  readonly text: string;
}

/** One thing the reader does. */
export interface Step {
  /** Of the guide. */
  readonly line: number;
  /** Written before. */
  readonly files: readonly GuideFile[];
  readonly commands: string;
  /** Behind `sh`: `province`, `system` (runs on in that terminal), `all`, `both` (in these terminals), `again`, `fails`. */
  readonly words: readonly string[];
  /** What is shown; undefined: nothing is. */
  readonly shown: string | undefined;
}

const fence = /^```([^\n]*)\n([\s\S]*?)^```$/gm;

/** @returns The steps, in order; blocks that are neither run nor a file are left out. */
export function guideSteps(guide: string): readonly Step[] {
  const steps: Step[] = [];
  let files: GuideFile[] = [];
  for (const { 1: info = '', 2: text = '', index } of guide.matchAll(fence)) {
    const [language = '', ...words] = info.trim().split(/\s+/);
    const last = steps.at(-1);
    if (language === 'sh') {
      steps.push({ line: guide.slice(0, index).split('\n').length, files, commands: text, words, shown: undefined });
      files = [];
    } else if (language === 'text' && last !== undefined) steps.splice(-1, 1, { ...last, shown: text });
    else if (words[0] !== undefined) files.push({ path: words[0], text });
  }
  return steps;
}

/** @param isWhole - Nothing may follow what is shown. @returns What a text must match to be what is shown. */
export function shownPattern(shown: string, isWhole: boolean): RegExp {
  const lines = shown.replace(/\n$/, '').split('\n');
  const parts = lines.map((line) => (line === '…' ? '(?:[^\\n]*\\n)*?' : `${line.split('…').map(escaped).join('[^\\n]*')}\\n`));
  return new RegExp(`^${parts.join('')}${isWhole ? '$' : ''}`);
}

/** @returns What was printed, without the lines that only tell how far it is. */
export function withoutProgress(output: string): string {
  return output.replaceAll(/^… [^\n]*\n/gm, '');
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
