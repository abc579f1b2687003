/**
 * Where gateways may be sent: what is wrong with an address is told when it is registered; what its name leads to is judged by
 * the gateway at every connect.
 * @see schema/PROTOCOL.md 11
 */
import { type Reach, systemUrlFaults } from '@hub/kit/process';

import { refused } from './refused.ts';

/** @throws HubError REGISTRATION_INVALID, naming everything that is wrong with it. */
export function assertUrl(url: string, reach: Reach): void {
  const faults = systemUrlFaults(url, reach);
  if (faults.length === 0) return;
  throw refused(
    `GraphQL 地址（endpoint）不可用：${faults.map(({ zh }) => zh).join('；')}。`,
    `The endpoint cannot be used: ${faults.map(({ en }) => en).join('; ')}.`,
  );
}
