/**
 * A release as text: what its contracts' authors wrote, what every contract shares, and what follows from both.
 * @see README «Changes of contracts»
 */
import { createHash } from 'node:crypto';

/** What people write. */
export interface ContractTexts {
  /** Texts of all contracts. */
  readonly contracts: readonly string[];
  readonly shared: string;
  readonly directives: string;
}

/** What a contract says of itself. */
export interface ContractHead {
  readonly name: string;
  readonly version: string;
  readonly edition: string;
  readonly title: string;
  /** Cut by rows over many systems; else one system, or the hub itself, holds it. */
  readonly partitioned: boolean;
  /** Whether systems of the province answer it. */
  readonly heldBySystems: boolean;
}

/** A contract of a release. */
export interface ReleasedContract extends ContractHead {
  /** The author's text. */
  readonly source: string;
  /** What a system serves. */
  readonly sdl: string;
}

/** A release in full. */
export interface ReleaseTexts {
  /** Digest of what people wrote: two releases that have it in common are the same law. */
  readonly law: string;
  readonly shared: string;
  readonly directives: string;
  /** By name. */
  readonly contracts: readonly ReleasedContract[];
}

/** @returns SHA-256 in hex. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** @returns The digest of a law, whatever the order of its contracts. */
export function lawDigest({ contracts, shared, directives }: ContractTexts): string {
  return digestOf([directives, shared, ...contracts.toSorted()].map(digestOf).join(' '));
}
