import { expect, test } from 'vitest';

import type { GatewayEvent } from '../events.ts';
import { askable } from './askable.ts';
import type { SystemRow } from './table.ts';

test('a system at an address that must not be reached is not asked and told of; the others stay', () => {
  const row = (code: string, url: string): SystemRow => ({ code, name: code, url, state: 'published', contracts: ['board'] });
  const [own, metadata] = [row('aa', 'http://127.0.0.1:5001/graphql'), row('bb', 'http://169.254.169.254/latest')];
  const events: GatewayEvent[] = [];
  const options = { reach: { own: ['http://127.0.0.1:5001'] }, report: (event: GatewayEvent) => void events.push(event) };
  expect(askable([own, metadata], options)).toEqual([own, { ...metadata, state: 'withdrawn' }]);
  expect(events).toEqual([{ kind: 'address-refused', system: 'bb', why: expect.stringContaining('must be https') }]);
});
