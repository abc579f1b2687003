import { HubError } from '@hub/schema';
import { expect, test } from 'vitest';

import { failureLine } from './failure-line.ts';

test('a HubError shows both languages and its code on one line', () => {
  const error = new HubError('PORT_IN_USE', { zh: '端口 4000 已被占用。', en: 'Port 4000 is in use.' });
  expect(failureLine(error)).toBe('✗ 端口 4000 已被占用。  Port 4000 is in use. [PORT_IN_USE]');
});

test('anything else is an internal fault on one line, without its stack', () => {
  expect(failureLine(new Error('it\n  broke'))).toBe(
    '✗ 内部错误：it broke（设置 HUB_LOG_LEVEL=debug 可见详情）  Internal fault: it broke (HUB_LOG_LEVEL=debug tells more) [INTERNAL]',
  );
});
