/**
 * Releases as the control interface shows them. Who uses what is for operators: a system is told how much, not by whom.
 */
import type { Actor } from '../control/actor.ts';
import { sdlEntity } from '../store/entities.ts';
import type { RegistryStore } from '../store/open-store.ts';
import type { Judgement } from './judge-contracts.ts';
import type { ContractRelease, JudgedChange, KeptContract } from './release-entity.ts';

/** Texts are megabytes: read only when they are asked for. */
type LazyText = () => Promise<string>;

/** A contract of a release. */
export interface ContractView extends Pick<KeptContract, 'name' | 'version' | 'edition' | 'title' | 'sha256'> {
  readonly sdl: LazyText;
  readonly source: LazyText;
}

/** A release. */
export interface ReleaseView extends Pick<
  ContractRelease,
  'number' | 'state' | 'supergraph' | 'base' | 'changes' | 'needsApproval' | 'note' | 'proposedBy' | 'approvedBy' | 'rejectedBy' | 'reason'
> {
  readonly supergraphSdl: LazyText;
  readonly contracts: readonly ContractView[];
  readonly proposedAt: string;
  readonly approvedAt: string | null;
  readonly rejectedAt: string | null;
  readonly inForceAt: string | null;
}

/** @returns A release for one asker. */
export function releaseView(row: ContractRelease, store: RegistryStore, actor: Actor): ReleaseView {
  const { number, state, supergraph, base, needsApproval, note, proposedBy, approvedBy, rejectedBy, reason } = row;
  return {
    number,
    state,
    supergraph,
    base,
    needsApproval,
    note,
    proposedBy,
    approvedBy,
    rejectedBy,
    reason,
    changes: shownTo(actor, row.changes),
    supergraphSdl: textIn(store, supergraph),
    contracts: row.contracts.map((contract) => contractView(contract, store)),
    proposedAt: row.proposedAt.toISOString(),
    approvedAt: row.approvedAt?.toISOString() ?? null,
    rejectedAt: row.rejectedAt?.toISOString() ?? null,
    inForceAt: row.inForceAt?.toISOString() ?? null,
  };
}

/** @returns A contract with its texts at hand. */
export function contractView({ name, version, edition, title, sha256, source }: KeptContract, store: RegistryStore): ContractView {
  return { name, version, edition, title, sha256, sdl: textIn(store, sha256), source: textIn(store, source) };
}

/** What a check said. */
export interface CheckView extends Pick<
  Judgement,
  'passed' | 'identical' | 'needsApproval' | 'findings' | 'changes' | 'supergraph' | 'durationMs'
> {
  readonly base: number;
}

/** @returns A judgement for one asker. */
export function checkView(judgement: Judgement, actor: Actor): CheckView {
  const { passed, identical, needsApproval, findings, changes, supergraph, base, durationMs } = judgement;
  return { passed, identical, needsApproval, findings, changes: shownTo(actor, changes), supergraph, base: base.number, durationMs };
}

function shownTo({ role }: Actor, changes: readonly JudgedChange[]): readonly JudgedChange[] {
  if (role === 'OPERATOR') return changes;
  return changes.map((change) => (change.usage === null ? change : { ...change, usage: { ...change.usage, clients: [], examples: [] } }));
}

function textIn(store: RegistryStore, sha256: string): LazyText {
  return () => store.read(async (em) => (await em.findOneOrFail(sdlEntity, { sha256 })).text);
}
