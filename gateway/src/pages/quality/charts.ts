/**
 * The drawings of the pages of quality: bars of days, and one bar of shares. Inline SVG; each says in words what it shows.
 */
import { type Content, markup } from '@hub/schema';

import { both } from '../systems/words.ts';
import type { Day, Figures } from './ask-quality.ts';
import { count } from './words.ts';

const [width, height] = [720, 130];

/** @returns Accepted, waiting and refused changes day by day; days without any are gaps. */
export function daysChart(days: readonly Day[], from: string, to: string): Content {
  const all = allDays(from, to);
  const most = Math.max(1, ...days.map(({ figures }) => figures.changes));
  const step = width / all.length;
  const bars = all.flatMap((day, place): Content[] => {
    const found = days.find((told) => told.day === day);
    return found === undefined ? [] : [bar(found, { x: place * step, step, scale: (height - 2) / most })];
  });
  const sum = (name: 'accepted' | 'refused' | 'waiting'): number => days.reduce((total, { figures }) => total + figures[name], 0);
  return markup`<svg class="days" viewBox="0 0 ${width} ${height}" role="img" aria-label="逐日变更：接收 ${sum('accepted')}，等待 ${sum('waiting')}，拒收 ${sum('refused')}">
<line x1="0" y1="${height - 1}" x2="${width}" y2="${height - 1}"/>${bars}</svg>
<p class="axis"><span>${from}</span><span>${both(`最多一日 ${count(most)} 条`, 'the most in a day')}</span><span>${to}</span></p>
<p class="key">${[
    ['accepted', '接收 accepted'],
    ['waiting', '等待 waiting'],
    ['refused', '拒收 refused'],
  ].map(([name, words]) => markup`<span class="part"><span class="swatch ${name}"></span>${words}</span> `)}</p>`;
}

interface BarPlace {
  readonly x: number;
  readonly step: number;
  readonly scale: number;
}

function bar({ day, figures }: Day, { x, step, scale }: BarPlace): Content {
  let top = height - 1;
  const parts = (['accepted', 'waiting', 'refused'] as const).map((name): Content => {
    const tall = figures[name] * scale;
    top -= tall;
    return figures[name] === 0
      ? ''
      : markup`<rect class="${name}" x="${round(x)}" y="${round(top)}" width="${round(Math.max(step - 1, 0.6))}" height="${round(tall)}"/>`;
  });
  return markup`<g><title>${day}：接收 ${figures.accepted}，等待 ${figures.waiting}，拒收 ${figures.refused}</title>${parts}</g>`;
}

const shares = [
  ['sameDay', '当日', 'same day'],
  ['days2To3', '2–3 日', 'days 2–3'],
  ['days4To7', '4–7 日', 'days 4–7'],
  ['later', '7 日以后', 'later'],
  ['ahead', '早于业务时间', 'before it happened'],
] as const;

/** @returns How long after the business time changes came, as shares of one bar; nothing where no time is known. */
export function timeChart(figures: Figures): Content {
  const all = shares.reduce((sum, [name]) => sum + figures[name], 0);
  if (all === 0) return markup`<p class="note">没有带业务时间的变更。<span lang="en">No business times.</span></p>`;
  let x = 0;
  const parts = shares.map(([name, zh]): Content => {
    const wide = (figures[name] / all) * width;
    x += wide;
    return wide === 0
      ? ''
      : markup`<rect class="${name}" x="${round(x - wide)}" y="0" width="${round(wide)}" height="26"><title>${zh} ${figures[name]}</title></rect>`;
  });
  return markup`<svg class="time" viewBox="0 0 ${width} 26" preserveAspectRatio="none" role="img" aria-label="及时：${shares.map(([name, zh]) => `${zh} ${figures[name]}`).join('，')}">${parts}</svg>
<p class="key">${shares.map(([name, zh, en]) => markup`<span class="part"><span class="swatch ${name}"></span>${zh} <span lang="en">${en}</span> <b>${count(figures[name])}</b></span> `)}</p>`;
}

function allDays(from: string, to: string): readonly string[] {
  const days: string[] = [];
  for (let ms = Date.parse(from); ms <= Date.parse(to); ms += 86_400_000) days.push(new Date(ms).toISOString().slice(0, 10));
  return days;
}

function round(number: number): string {
  return String(Math.round(number * 10) / 10);
}
