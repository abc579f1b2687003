/**
 * The entry of the hub's feed, without its position: fixed when the change is accepted, and never rendered again. The line of
 * the feed is `{"position":N,` and this.
 * @see design/feed.md 4 and 7
 */
import type { FeedEntry } from '@hub/kit';
import type { Violation } from '@hub/schema';

import { type TakenEntry, type TakenPage, isUnusable } from './taken-page.ts';

/** What the journal adds to a system's entry. */
export interface Journaled {
  readonly page: Pick<TakenPage, 'system' | 'epoch'>;
  /** The record's version in the hub's feed. */
  readonly version: number;
  /** Canonical instant. */
  readonly harvestedAt: string;
}

/** @returns The body; JSON escapes whatever a database's text cannot hold. */
export function entryBody(entry: TakenEntry, { page: { system, epoch }, version, harvestedAt }: Journaled): string {
  const from = { system, epoch, sourcePosition: entry.position };
  if (isUnusable(entry)) return JSON.stringify({ ...from, harvestedAt, unusable: true }).slice(1);
  const { dataset, key, op, hash, payload, dataTimestamp, contract, categories, source, receivedAt } = entry;
  const told = { dataset, key, version, op, hash, payload, dataTimestamp, contract, categories, source, receivedAt, harvestedAt };
  return JSON.stringify({ ...from, ...told, ...ending(entry) }).slice(1);
}

/** A warning in a feed or a receipt: the words are the rule's, whose id is permanent. */
export type NamedWarning = Pick<Violation, 'rule' | 'field'>;

/** @returns The warnings among violations. */
export function namedWarnings(violations: readonly Violation[]): readonly NamedWarning[] {
  return violations.filter(({ severity }) => severity === 'warning').map(({ rule, field }) => ({ rule, field }));
}

/** @returns The body with warnings, which stand last. */
export function bodyWithWarnings(body: string, violations: readonly Violation[]): string {
  const warnings = namedWarnings(violations);
  return warnings.length === 0 ? body : `${body.slice(0, -1)},"warnings":${JSON.stringify(warnings)}}`;
}

function ending({ reason, movedTo, movedFrom }: FeedEntry): Partial<FeedEntry> {
  return {
    ...(reason === undefined ? {} : { reason }),
    ...(movedTo === undefined ? {} : { movedTo }),
    ...(movedFrom === undefined ? {} : { movedFrom }),
  };
}
