/**
 * Releases of the contracts: what was proposed, by whom, against what, what it changes, and what became of it. Texts lie beside the
 * SDLs of systems, each once.
 * @see README «Changes of contracts»
 */
import { EntitySchema } from '@mikro-orm/postgresql';

import type { Change } from './change.ts';
import type { ContractHead } from './release-texts.ts';

/** Waits for approval; is in force; was; was rejected or taken back. */
export type ReleaseState = 'PROPOSED' | 'IN_FORCE' | 'EARLIER' | 'REJECTED';

/** Who uses what a change touches. */
export interface ChangeUsage {
  readonly operations: number;
  readonly clients: readonly string[];
  readonly requests: number;
  readonly lastDay: string;
  readonly examples: readonly string[];
}

/** A change with its use. */
export interface JudgedChange extends Change {
  readonly usage: ChangeUsage | null;
  /** Whether it takes a second person. */
  readonly blocks: boolean;
}

/** A contract of a release; its texts by their digests. */
export interface KeptContract extends ContractHead {
  /** Of what a system serves. */
  readonly sha256: string;
  /** Of the author's text. */
  readonly source: string;
  /** The first release, without a break, that has it as it is. */
  readonly release: number;
}

/** A release. */
export interface ContractRelease {
  /** From 1 on, without gaps. */
  readonly number: number;
  readonly state: ReleaseState;
  /** Digest of what people wrote. */
  readonly law: string;
  /** Digests of texts. */
  readonly supergraph: string;
  readonly shared: string;
  readonly directives: string;
  /** By name. */
  readonly contracts: readonly KeptContract[];
  /** What it was compared with; null: the first. */
  readonly base: number | null;
  readonly changes: readonly JudgedChange[];
  readonly needsApproval: boolean;
  readonly note: string | null;
  /** Name of an operator; `release`: the start of a program whose law was another. */
  readonly proposedBy: string;
  /** Null: the program. */
  readonly proposedKid: string | null;
  readonly proposedAt: Date;
  readonly approvedBy: string | null;
  readonly approvedAt: Date | null;
  readonly rejectedBy: string | null;
  readonly rejectedAt: Date | null;
  readonly reason: string | null;
  /** When it last came in force; null: never. */
  readonly inForceAt: Date | null;
}

const text = { type: 'text', columnType: 'text' } as const;
const json = { type: 'json', columnType: 'jsonb' } as const;
const instant = { type: 'datetime', columnType: 'timestamptz(3)' } as const;
const number = { type: 'integer', columnType: 'integer' } as const;
const none = { nullable: true } as const;

export const releaseEntity = new EntitySchema<ContractRelease>({
  name: 'ContractRelease',
  tableName: 'registry_contract_release',
  properties: {
    number: { ...number, primary: true },
    state: text,
    law: text,
    supergraph: text,
    shared: text,
    directives: text,
    contracts: json,
    base: { ...number, ...none },
    changes: json,
    needsApproval: { type: 'boolean', columnType: 'boolean' },
    note: { ...text, ...none },
    proposedBy: text,
    proposedKid: { ...text, ...none },
    proposedAt: instant,
    approvedBy: { ...text, ...none },
    approvedAt: { ...instant, ...none },
    rejectedBy: { ...text, ...none },
    rejectedAt: { ...instant, ...none },
    reason: { ...text, ...none },
    inForceAt: { ...instant, ...none },
  },
});
