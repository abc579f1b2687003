/**
 * A release is proposed: in force at once when nothing breaks that is used, else it waits for a second person.
 * @see control.graphql; README «Changes of contracts»
 */
import { type ControlContext, type ControlParts } from '../control/context.ts';
import { assertRole } from '../control/actor.ts';
import { refused } from '../control/refused.ts';
import type { Change as StoreChange } from '../store/open-store.ts';
import { judgeContracts, type Judgement, type Proposed } from './judge-contracts.ts';
import { keepRelease, releaseInForce, retireInForce } from './release-book.ts';
import { type ContractRelease, releaseEntity } from './release-entity.ts';
import type { ContractTexts } from './release-texts.ts';
import { checkView, type CheckView, releaseView, type ReleaseView } from './views.ts';

/** What is sent; what is absent stays as it is in force. */
export interface ContractsInput {
  readonly contracts: readonly string[];
  readonly shared?: string | null;
  readonly directives?: string | null;
  readonly codeLists?: readonly string[] | null;
  readonly note?: string | null;
  readonly days: number;
}

interface Input {
  readonly input: ContractsInput;
}

const maxNote = 500;

/** Only judges. For whoever has a key but gateways. @throws HubError FORBIDDEN, REGISTRATION_INVALID. */
export async function checkContracts({ input }: Input, context: ControlContext): Promise<CheckView> {
  if (context.actor.role === 'GATEWAY') assertRole(context.actor, 'OPERATOR');
  return checkView(await judgeContracts(await read(input, context), context), context.actor);
}

/** @throws HubError FORBIDDEN, REGISTRATION_INVALID. */
export async function proposeContracts(
  { input }: Input,
  context: ControlContext,
): Promise<{ readonly release: ReleaseView | null; readonly check: CheckView }> {
  const { actor, store } = context;
  assertRole(actor, 'OPERATOR');
  const judgement = await judgeContracts(await read(input, context), context);
  const by = { who: actor.issuer, kid: actor.kid };
  const note = input.note?.slice(0, maxNote) ?? null;
  const release = await keepProposal({ judgement, by, note }, context);
  return { release: release === null ? null : releaseView(release, store, actor), check: checkView(judgement, actor) };
}

/** Who proposes. */
export interface Proposer {
  readonly who: string;
  /** Null: the program itself. */
  readonly kid: string | null;
}

interface Proposal {
  readonly judgement: Judgement;
  readonly by: Proposer;
  readonly note: string | null;
}

/** @returns The release; null when it was refused or is in force already. @throws HubError REGISTRATION_INVALID */
export function keepProposal({ judgement, by, note }: Proposal, { store }: Pick<ControlParts, 'store'>): Promise<ContractRelease | null> {
  const { release, base, changes, needsApproval } = judgement;
  if (release === undefined) return Promise.resolve(null);
  return store.change(async (change) => {
    const { em, tell, now } = change;
    if ((await releaseInForce(em))?.number !== base.number) throw overtaken();
    const waiting = await em.findOne(releaseEntity, { law: release.texts.law, state: 'PROPOSED', base: base.number });
    if (waiting !== null) return waiting;
    const approval = { approvedBy: null, approvedAt: null, proposedBy: by.who, proposedKid: by.kid, note };
    const state = { state: 'PROPOSED', inForceAt: null } as const;
    const row = await keepRelease(change, { ...release, ...approval, ...state, base, changes, needsApproval });
    const breaking = changes.filter(({ blocks }) => blocks).length;
    const detail = { release: row.number, base: base.number, changes: changes.length, breaking, needsApproval, note };
    await tell({ ...by, what: 'CONTRACTS_PROPOSED', system: null, detail, routing: false });
    if (needsApproval) return row;
    await putInForce(change, { row, by, from: base.number });
    return { ...row, state: 'IN_FORCE', inForceAt: now };
  });
}

/** Puts a release in force, and tells every gateway. */
export async function putInForce(
  { em, tell, now }: StoreChange,
  { row, by, from }: { readonly row: ContractRelease; readonly by: Proposer; readonly from: number | null },
): Promise<void> {
  await retireInForce(em);
  await em.nativeUpdate(releaseEntity, { number: row.number }, { state: 'IN_FORCE', inForceAt: now });
  const detail = { release: row.number, from, supergraph: row.supergraph };
  await tell({ ...by, what: 'CONTRACTS_IN_FORCE', system: null, detail, routing: true });
}

/** @returns What to say when another release came in force meanwhile. */
export function overtaken(): Error {
  return refused(
    '期间已有另一次契约发布生效，请对照现行契约重新提出。',
    'Another release came in force meanwhile: propose again, against that.',
  );
}

async function read({ contracts, shared, directives, codeLists, days }: ContractsInput, { store, book }: ControlParts): Promise<Proposed> {
  if (contracts.length === 0) throw refused('至少须有一份契约。', 'There must be one contract at least.');
  if (days < 1 || days > 365) throw refused(`天数应为 1–365，现为 ${days}。`, `Look at 1 to 365 days, not ${days}.`);
  const { texts: inForce } = await store.read((em) => book.inForce(em));
  const texts: ContractTexts = { contracts, shared: shared ?? inForce.shared, directives: directives ?? inForce.directives };
  return { texts, days, codeLists: codeLists?.map(parsed) };
}

function parsed(json: string, place: number): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw refused(`第 ${place + 1} 份代码表不是 JSON。`, `Code list ${place + 1} is no JSON.`);
  }
}
