/**
 * Examining has bounds: whoever proposes decides what it costs.
 * @see README «契约的变更 · Changes of contracts»
 */
import { lawTexts } from '@hub/schema';
import { expect, test } from 'vitest';

import { openExaminer } from './open-examiner.ts';
import { ownTexts } from './own-law.ts';
import { readRelease } from './read-release.ts';

const few = { ...ownTexts(), contracts: ownTexts().contracts.filter((text) => /name: "(board|registry)"/.test(text)) };
const question = {
  texts: few,
  codeLists: lawTexts().codeLists,
  before: readRelease(few),
  serving: { systems: [], sdls: new Map<string, string>() },
};
const usual = { maxMs: 60_000, maxHeapMb: 1024, keptMs: 1000, maxBytes: 4_000_000, maxWaiting: 8 };

test.each([
  ['texts that are too large', { maxBytes: 1000 }, 'CONTRACTS_TOO_LARGE'],
  ['what takes too long', { maxMs: 1 }, 'CONTRACTS_TOO_COSTLY'],
  ['what takes too much memory', { maxHeapMb: 16 }, 'CONTRACTS_TOO_COSTLY'],
])('%s is refused', { timeout: 30_000 }, async (_, bounds, code) => {
  await using examiner = openExaminer({ ...usual, ...bounds });
  expect((await examiner.examine(question)).findings).toMatchObject([{ code, severity: 'REFUSAL' }]);
});

test('those who ask when too many wait are told so; the others are answered', { timeout: 30_000 }, async () => {
  await using examiner = openExaminer({ ...usual, maxWaiting: 1 });
  const examined = await Promise.all([1, 2, 3].map(() => examiner.examine(question)));
  expect(examined.map(({ findings }) => findings.map((finding) => finding.code))).toEqual([[], [], ['CONTRACTS_BUSY']]);
});
