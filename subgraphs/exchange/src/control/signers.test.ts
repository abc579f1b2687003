import { HubError } from '@hub/schema';
import { expect, test } from 'vitest';

import { systemAsked } from './signers.ts';

test('whom a caller may not ask about is quoted in few words', () => {
  const asked = (): string => systemAsked({ kid: 'k', role: 'SYSTEM', name: 'one' }, `two\u001B${'x'.repeat(5_000)}`);
  expect(asked).toThrow(HubError);
  expect(asked).toThrow(/^one 的密钥不能查看给系统 two x{76}… 的回执/);
});
