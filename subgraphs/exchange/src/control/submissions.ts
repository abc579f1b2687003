/**
 * Pushing: a system's own records into the store that the hub keeps for it, and records into the shared registers that it keeps.
 * @see control.graphql; schema/PROTOCOL.md 16
 */
import type { SystemStore } from '@hub/kit';
import { HubError, isSystemCode, quoted } from '@hub/schema';

import { type SentBody, readSubmission } from '../submit/read-submission.ts';
import { findSubmission } from '../submit/submission-book.ts';
import type { Submission } from '../submit/submission.ts';
import { submitRecords as submit } from '../submit/submit-records.ts';
import type { ControlContext } from './context.ts';

/** What is sent. */
export interface SubmitInput extends SentBody {
  readonly system?: string | null;
  readonly idempotencyKey: string;
}

/** @throws HubError FORBIDDEN, SYSTEM_UNKNOWN, QUERY_INVALID, QUERY_TOO_LARGE, IDEMPOTENCY_CONFLICT. */
export async function submitRecords({ input }: { readonly input: SubmitInput }, context: ControlContext): Promise<Submission> {
  const { actor, store, hosted } = context;
  if (actor.role !== 'SYSTEM') {
    throw new HubError('FORBIDDEN', { zh: '报送仅限系统自己的密钥。', en: 'Records are submitted with a system’s own key.' });
  }
  const target = targetOf(hosted, actor.name, input.system ?? actor.name);
  return submit(store, { target, sender: actor.name, idempotencyKey: input.idempotencyKey }, await readSubmission(input));
}

/** @throws HubError FORBIDDEN, SYSTEM_UNKNOWN, CONTRACT_INVALID, REGISTRATION_INVALID. */
export async function hostSystem(
  { system: code }: { readonly system: string },
  { actor, hosted }: ControlContext,
): Promise<{ readonly system: string; readonly endpoint: string; readonly contracts: readonly string[] }> {
  if (actor.role !== 'OPERATOR') {
    throw new HubError('FORBIDDEN', { zh: '代存仅限运维的密钥。', en: 'Hosting takes the key of an operator.' });
  }
  if (!isSystemCode(code)) {
    throw new HubError('SYSTEM_UNKNOWN', { zh: `${quoted(code)} 不是系统代码。`, en: `${quoted(code)} is no code of a system.` });
  }
  const { system, url } = await hosted.host(code);
  return { system: code, endpoint: url, contracts: system.contracts };
}

/** Root field `submission`: the first receipt of a key. */
export async function submission(
  { system, idempotencyKey }: { readonly system?: string | null; readonly idempotencyKey: string },
  { actor, store }: ControlContext,
): Promise<Submission | null> {
  return (await findSubmission(store, { sender: actor.name, system: system ?? actor.name, idempotencyKey })) ?? null;
}

function targetOf(hosted: ControlContext['hosted'], sender: string, code: string): SystemStore {
  const target = hosted.get(code);
  if (target !== undefined && (code === sender || isRegister(target))) return target;
  if (code !== sender) {
    throw new HubError('FORBIDDEN', {
      zh: `${sender} 只能报送自己的记录，或报送到共享登记；${quoted(code)} 两者都不是。`,
      en: `${sender} submits records of its own, or to a shared register; ${quoted(code)} is neither.`,
    });
  }
  const elsewhere = hosted.elsewhere(code);
  if (elsewhere !== undefined) {
    throw new HubError('SYSTEM_UNKNOWN', {
      zh: `系统 ${code} 已发布自己的地址 ${elsewhere}，由它自己提供数据流，枢纽不再代存它的记录；没有保存任何记录。报送与数据流只能用一种。`,
      en: `The system ${code} has published an endpoint of its own, ${elsewhere}, and serves its feed itself: the hub keeps no more records for it, and nothing was kept. It is one way or the other.`,
      system: code,
    });
  }
  throw new HubError('SYSTEM_UNKNOWN', {
    zh: `枢纽没有代存系统 ${code} 的记录：它自己提供数据流，或运维还没有执行 hub exchange host ${code}。报送与数据流只能用一种。`,
    en: `The hub keeps no records for ${code}: it serves a feed of its own, or no operator has called hub exchange host ${code}. It is one way or the other.`,
    system: code,
  });
}

/** A register is one system's to keep and every system's to send to. */
function isRegister({ store, system: { contracts } }: SystemStore): boolean {
  return [...store.byCode.values()].some(({ contract }) => !contract.partitioned && contracts.includes(contract.name));
}
