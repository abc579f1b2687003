/**
 * What a contract lint says: where, why it matters and what to do. Findings are values: an author is told all of them at once.
 * @see design/style.md «Functions»; design/partitioning.md 4
 */
import type { ASTNode } from 'graphql';

/** One fault of a contract. */
export interface Finding {
  /** Permanent id of the lint, `WIRE_TYPE_INVALID`. */
  readonly code: string;
  /** Name of the contract; `shared` for schema/shared.graphql. */
  readonly contract: string;
  /** Graph type; '' when the contract as a whole is meant. */
  readonly type: string;
  /** Field, input field or enum value; absent when the type as a whole is meant. */
  readonly field?: string;
  /** Place in the contract's own text, from 1. */
  readonly line: number;
  readonly column: number;
  /** The fault, its reason and the remedy. */
  readonly messageZh: string;
  readonly messageEn: string;
}

/** Where a lint points. */
export interface Place {
  readonly contract: string;
  readonly type: string;
  readonly field?: string;
  readonly node: ASTNode;
}

/** A finding before it has its code and position. */
export interface Fault extends Place {
  readonly zh: string;
  readonly en: string;
}

/** @returns The finding as text for a terminal: Chinese first, English beside. */
export function printFinding(finding: Finding): string {
  const { code, contract, type, field, line, column, messageZh, messageEn } = finding;
  const name = [type, field].filter((part) => part !== undefined && part !== '').join('.');
  return `${contract}.graphql:${line}:${column} ${code}${name === '' ? '' : ` ${name}`}\n  ${messageZh}\n  ${messageEn}`;
}
