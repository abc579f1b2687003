import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { showProgress } from './progress.ts';

function shownOn(isTTY: boolean): {
  readonly screen: { write(text: string): boolean; isTTY: boolean };
  readonly text: () => string;
  readonly raw: () => string;
} {
  const written: string[] = [];
  return {
    screen: { isTTY, write: (text) => written.push(text) > 0 },
    raw: () => written.join(''),
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

describe('a step that takes long is never silent', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  async function waiting(isTTY: boolean): Promise<string> {
    const { screen, raw } = shownOn(isTTY);
    const { promise, resolve } = Promise.withResolvers<void>();
    const progress = showProgress(screen);
    const step = progress.step('数据', () => promise);
    await vi.advanceTimersByTimeAsync(2000);
    progress.tell({ kind: 'progress', what: '演示数据', done: 40, total: 100 });
    await vi.advanceTimersByTimeAsync(5500);
    resolve();
    await step;
    return raw().replaceAll('\r\u001B[2K', '|');
  }

  test('a terminal shows the seconds, one by one', async () => {
    expect(await waiting(true)).toBe(
      '… 数据|… 数据 1 s|… 数据 2 s|… 演示数据 40/100' +
        [3, 4, 5, 6, 7].map((second) => `|… 演示数据 40/100 ${second} s`).join('') +
        '|✓ 数据 7.5 s\n',
    );
  });

  test('a log gets a line after five seconds without one', async () => {
    expect(await waiting(false)).toBe('  演示数据 40 %\n  演示数据 40/100 7 s\n✓ 数据 7.5 s\n');
  });
});
