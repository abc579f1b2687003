import type { BridgeCount, RowFinding } from '@hub/bridge';
import { HubError } from '@hub/schema';
import { expect, test } from 'vitest';

import { type Teller, tellRounds } from './tell-rounds.ts';

const nothing: BridgeCount = { read: 0, stored: 0, withdrawn: 0, unchanged: 0, refused: 0, warned: 0 };
const refused: RowFinding = {
  entry: 'BOARD_NOTICE',
  row: '1',
  rule: 'REQUIRED_MISSING',
  severity: 'refusal',
  field: 'STAGE',
  value: undefined,
  messageZh: '必填字段缺失。',
  messageEn: 'A required field is missing.',
};

test('what was refused is told once, until something else is wrong', () => {
  const { teller, told } = heard();
  for (const _ of [1, 2]) {
    teller.onFinding(refused);
    teller.onEntry('BOARD_NOTICE', { ...nothing, read: 1, refused: 1 });
  }
  expect(told).toEqual([
    '✗ BOARD_NOTICE：读取 1，入库 0，撤销 0，拒收 1；有质量问题 0  1 read, 0 stored, 0 withdrawn, 1 refused; 0 with warnings',
    '  ✗ BOARD_NOTICE.STAGE [1] REQUIRED_MISSING 必填字段缺失。 A required field is missing.',
  ]);
  teller.onEntry('BOARD_NOTICE', { ...nothing, read: 1, stored: 1 });
  expect(told).toHaveLength(3);
});

test('a round without news is told the first time only', () => {
  const { teller, told } = heard();
  for (const _ of [1, 2]) teller.onEntry('BOARD_NOTICE', nothing);
  expect(told).toHaveLength(1);
  teller.onEntry('BOARD_NOTICE', { ...nothing, read: 2, stored: 2 });
  expect(told).toHaveLength(2);
});

test('of many faults the first are shown, and how many there are', () => {
  const { teller, told } = heard();
  for (let row = 0; row < 15; row += 1) teller.onFinding({ ...refused, row: String(row) });
  teller.onEntry('BOARD_NOTICE', { ...nothing, read: 15, refused: 15 });
  expect(told).toHaveLength(12);
  expect(told.at(-1)).toContain('15');
});

test('a view that fails and a source that fails are told once each, with what to do', () => {
  const { teller, told } = heard();
  const fault = new HubError('CONFIG_INVALID', { zh: '没有视图。', en: 'No view.' });
  for (const _ of [1, 2]) teller.onEntryFailure('BOARD_NOTICE', fault);
  for (const _ of [1, 2]) teller.onFailure(fault, 4000);
  expect(told).toEqual([
    '! BOARD_NOTICE：没有视图。  No view. [CONFIG_INVALID]  hint',
    '✗ 没有视图。  No view. [CONFIG_INVALID]  4 秒后再试 trying again in 4 s',
  ]);
});

function heard(): { readonly teller: Teller; readonly told: readonly string[] } {
  const told: string[] = [];
  const write = (line: string): void => void told.push(line);
  return { teller: tellRounds({ out: write, err: write, hint: 'hint' }), told };
}
