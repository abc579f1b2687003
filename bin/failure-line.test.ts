import { HubError } from '@hub/schema';
import { CommanderError } from 'commander';
import { expect, test } from 'vitest';

import { failureLine, failureWords, usageLine } from './failure-line.ts';

test('a HubError shows both languages and its code on one line', () => {
  const error = new HubError('PORT_IN_USE', { zh: '端口 4000 已被占用。', en: 'Port 4000 is in use.' });
  expect(failureLine(error)).toBe('✗ 端口 4000 已被占用。  Port 4000 is in use. [PORT_IN_USE]');
});

test('anything else is an internal fault on one line, without its stack', () => {
  expect(failureLine(new Error('it\n  broke'))).toBe(
    '✗ 内部错误：it broke（设置 HUB_LOG_LEVEL=debug 可见详情）  Internal fault: it broke (HUB_LOG_LEVEL=debug tells more) [INTERNAL]',
  );
});

test('a stop that an inner message brings is not followed by another', () => {
  expect(failureLine(new Error('it broke.'))).toBe(
    '✗ 内部错误：it broke（设置 HUB_LOG_LEVEL=debug 可见详情）  Internal fault: it broke (HUB_LOG_LEVEL=debug tells more) [INTERNAL]',
  );
  const inner = { zh: '文件有误：缺少 name。。', en: 'The file is wrong: name is missing.. Look at ../systems.json...' };
  expect(failureLine(new HubError('CONFIG_INVALID', inner))).toBe(
    '✗ 文件有误：缺少 name。  The file is wrong: name is missing. Look at ../systems.json... [CONFIG_INVALID]',
  );
  expect(failureLine(new HubError('CONFIG_INVALID', { zh: '超图无效：no type.。', en: '超图没有类型。.' }))).toBe(
    '✗ 超图无效：no type。  超图没有类型. [CONFIG_INVALID]',
  );
});

test('a failure that another process tells again is told once, because one line is enough', () => {
  const { code, zh, en } = failureWords(new Error('broke'));
  expect(failureLine(new HubError(code, { zh, en }))).toBe(failureLine(new Error('broke')));
});

test('a wrong command line is one line, and shown help is none', () => {
  const missing = new CommanderError(1, 'commander.missingMandatoryOptionValue', "error: required option '--system <code>' not specified");
  expect(usageLine(missing)).toMatch(
    /^✗ 命令行有误：缺少必填的选项（required option '--system <code>' not specified）。.*\[CONFIG_INVALID\]$/,
  );
  expect(usageLine(new CommanderError(0, 'commander.helpDisplayed', '(outputHelp)'))).toBeUndefined();
});
