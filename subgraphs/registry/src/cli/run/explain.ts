/** `hub explain`: what a code means and what to do. Asks nobody. */
import { nearestNames } from '@hub/kit/process';

import { type Explanation, readExplanations } from '../explain/explanation.ts';
import { type Format, type Terminal, answer } from '../terminal.ts';

/** The answer is no when the code is unknown; then the nearest are told. @param more - Lists that explain themselves. */
export function explain(
  code: string,
  { format, more }: { readonly format: Format; readonly more: readonly Explanation[] },
  terminal: Terminal,
): void {
  const all = [...readExplanations(), ...more];
  const wanted = code.toUpperCase();
  const explanations = all.filter((known) => known.code === wanted);
  if (explanations.length === 0) {
    const nearest = nearestNames(wanted, [...new Set(all.map((known) => known.code))]);
    terminal.say(`✗ 没有编号 ${code}。最接近的：${nearest.join('、')}。  There is no code ${code}; the nearest are ${nearest.join(', ')}.`);
    if (format === 'json') answer(terminal, format, { kind: 'explanation', json: { code: wanted, explanations, nearest }, text: [] });
    terminal.refuse();
    return;
  }
  const text = explanations.flatMap(({ list, zh, en, remedyZh, remedyEn }, place) => [
    ...(place === 0 ? [] : ['']),
    `${wanted} — ${list}`,
    `  ${zh}`,
    `  ${en}`,
    `  办法：${remedyZh}`,
    `  What to do: ${remedyEn}`,
  ]);
  answer(terminal, format, { kind: 'explanation', json: { code: wanted, explanations, nearest: [] }, text });
}
