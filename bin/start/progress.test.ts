import { expect, test } from 'vitest';

import { showProgress } from './progress.ts';

function shownOn(isTTY: boolean): { readonly screen: { write(text: string): boolean; isTTY: boolean }; readonly text: () => string } {
  const written: string[] = [];
  return {
    screen: { isTTY, write: (text) => written.push(text) > 0 },
    text: () => written.join('').replaceAll(/\d+\.\d s/g, 'N s'),
  };
}

const told = [0, 40, 45, 100].map((done) => ({ kind: 'progress' as const, what: '演示数据', done, total: 100 }));

test('a log keeps one line a step and one for each tenth of a long one', async () => {
  const { screen, text } = shownOn(false);
  const progress = showProgress(screen);
  const result = await progress.step('数据', async () => told.forEach((report) => progress.tell(report)));
  expect(result).toBeUndefined();
  expect(text()).toBe('  演示数据 0 %\n  演示数据 40 %\n  演示数据 100 %\n✓ 数据 N s\n');
});

test('a terminal shows a step in one line, rewritten while it runs', async () => {
  const { screen, text } = shownOn(true);
  const progress = showProgress(screen);
  await progress.step('数据', async () => progress.tell({ kind: 'progress', what: '演示数据', done: 40, total: 100 }));
  expect(text()).toBe('… 数据\r\u001B[2K… 演示数据 40/100\r\u001B[2K✓ 数据 N s\n');
});

test('a step that fails is marked, and its fault goes on', async () => {
  const { screen, text } = shownOn(false);
  await expect(showProgress(screen).step('数据', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(text()).toBe('✗ 数据 N s\n');
});
