/**
 * What every code means and what to do about it: `codes.md`, read, and lists that explain themselves beside it.
 * @see codes.md
 */
import { readFileSync } from 'node:fs';

/** One meaning of a code; a code of several lists has several. */
export interface Explanation {
  readonly code: string;
  /** Of which list: `错误码 · Errors`. */
  readonly list: string;
  readonly zh: string;
  readonly en: string;
  readonly remedyZh: string;
  readonly remedyEn: string;
}

const row = /^\| (`[A-Z]+(?:_[A-Z]+)*`(?: `[A-Z]+(?:_[A-Z]+)*`)*) \| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$/;

/** @returns The meanings in `codes.md`, in its order. */
export function readExplanations(): readonly Explanation[] {
  const lines = readFileSync(new URL('./codes.md', import.meta.url), 'utf8').split('\n');
  let list = '';
  return lines.flatMap((line) => {
    if (line.startsWith('## ')) list = line.slice(3);
    const [, codes, zh = '', en = '', remedyZh = '', remedyEn = ''] = row.exec(line) ?? [];
    return (codes?.match(/[A-Z_]+/g) ?? []).map((code) => ({ code, list, zh, en, remedyZh, remedyEn }));
  });
}
