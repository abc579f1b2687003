/**
 * What a contract lint is, and what it looks at.
 * @see design/partitioning.md 4
 */
import type { ConstDirectiveNode, DocumentNode } from 'graphql';

import type { CodeLists } from '../codes.ts';
import type { Contract } from '../contract.ts';
import type { Fault } from './finding.ts';

/** A contract as data and as the syntax tree it was read from. */
export interface ReadContract {
  readonly contract: Contract;
  readonly document: DocumentNode;
  /** The `@contract` itself. */
  readonly head: ConstDirectiveNode;
}

/** The whole law, as lints see it: many rules are about how contracts fit together. */
export interface ReadLaw {
  readonly contracts: readonly ReadContract[];
  readonly directives: DocumentNode;
  readonly shared: DocumentNode;
  readonly codes: CodeLists;
}

/** One lint: a permanent id and a pure search for what breaks it. */
export interface Lint {
  readonly code: string;
  readonly find: (law: ReadLaw) => readonly Fault[];
}
