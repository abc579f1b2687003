/**
 * Takes a description apart: the Chinese name, what else is said in Chinese, and the English that may stand behind.
 * @see design/graph.md «Types»: «Chinese name as description»
 */

/** A description in its parts; absent ones are ''. */
export interface Told {
  readonly name: string;
  readonly note: string;
  readonly en: string;
}

const englishBehind = /^([\s\S]*。)\s*([A-Z«][^\p{Script=Han}]*)$/u;
/** Marks inside brackets end nothing. */
const nameBefore = /^((?:（[^）]*）|[^：；。，])+)[：；。，]\s*([\s\S]*)$/;

/** @returns The name up to the first Chinese mark, the note behind it, and the English from its first sentence on. */
export function told(description: string): Told {
  const { zh, en } = inTwo(description);
  const whole = zh.replace(/。$/, '');
  const [, name = whole, note = ''] = nameBefore.exec(whole) ?? [];
  return { name, note, en };
}

/** @returns What is said first, and the English that stands behind Chinese. */
export function inTwo(text: string): { readonly zh: string; readonly en: string } {
  const [, zh = text, en = ''] = englishBehind.exec(text.trim()) ?? [];
  return { zh: zh.trim(), en: en.trim() };
}
