/** `hub contract approve`, `reject` and `rollback`: what comes of a release. */
import { z } from 'zod';

import { releaseFields, releaseShape } from '../contract-fields.ts';
import { moment, worded } from '../print/words.ts';
import { openSession } from '../session.ts';
import type { RegistryFlags } from '../settings.ts';
import { answer, type Terminal } from '../terminal.ts';

/** What is decided, and how it is asked for. */
const decisions = {
  approve: `mutation ($number: Int!) { release: approveContracts(number: $number) { ${releaseFields} } }`,
  reject: `mutation ($number: Int!, $reason: String!) { release: rejectContracts(number: $number, reason: $reason) { ${releaseFields} } }`,
  rollback: `mutation ($number: Int, $reason: String) { release: rollbackContracts(number: $number, reason: $reason) { ${releaseFields} } }`,
} as const;

/** A decision on a release. */
export interface Decision {
  readonly decision: keyof typeof decisions;
  /** Undefined: the release before the one in force. */
  readonly number?: number | undefined;
  readonly reason?: string | undefined;
}

/** @throws HubError as asking the registry does: FORBIDDEN for whoever may not decide. */
export async function decideContracts({ decision, number, reason }: Decision, flags: RegistryFlags, terminal: Terminal): Promise<void> {
  const { ask } = await openSession(flags, terminal);
  const variables = { ...(number === undefined ? {} : { number }), ...(reason === undefined ? {} : { reason }) };
  const { release } = await ask({ query: decisions[decision], variables }, z.object({ release: releaseShape }));
  const text = [
    `✓ 契约发布 ${release.number}：${worded(release.state)}  release ${release.number} is ${release.state}`,
    `  提出 proposed ${release.proposedBy} ${moment(release.proposedAt)}；批准 approved ${release.approvedBy ?? '-'} ${moment(release.approvedAt)}`,
  ];
  answer(terminal, flags.format, { kind: 'contract-release', json: { release }, text });
}
