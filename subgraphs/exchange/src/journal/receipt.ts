/**
 * Receipts: what a system is told of its changes. One for each part of a page, and one for changes that waited; in the system's
 * own stream `receipts:CODE`.
 * @see design/feed.md 8; standard/exchange.md 3
 */
import type { Violation } from '@hub/schema';

import type { Awaited } from '../judge/judgement.ts';

import { type ChangeRow, storableViolation } from './change-row.ts';
import { type NamedWarning, namedWarnings } from './entry-body.ts';
import type { Decision } from './release-waiting.ts';
import type { PagePart } from './take-page.ts';

/** A change in a receipt: one that was refused, waits, or was accepted with warnings. */
export interface ReceiptChange extends Pick<ChangeRow, 'position' | 'dataset' | 'key' | 'version' | 'op' | 'state'> {
  /** Of a refused change: all of them, in words. */
  readonly violations?: readonly Omit<Violation, 'value'>[];
  /** Of the others. */
  readonly warnings?: readonly NamedWarning[];
  /** Of a waiting change: what for; nothing: for an earlier change of its record. */
  readonly awaited?: readonly Awaited[];
  /** When it is decided without, canonical instant. */
  readonly until?: string | null;
}

/** A receipt: positions from `from` to `to` that it does not list were accepted without a word. */
export interface Receipt {
  /** TAKEN: of a part of a page. DECIDED: of changes that waited; it lists all of them, and others may stand between them. */
  readonly kind: 'TAKEN' | 'DECIDED';
  readonly system: string;
  /** Of the system's feed. */
  readonly epoch: string;
  readonly from: number;
  readonly to: number;
  readonly accepted: number;
  readonly refused: number;
  readonly waiting: number;
  /** Canonical instant. */
  readonly at: string;
  readonly changes: readonly ReceiptChange[];
}

/** @returns The receipt of a part, as a stream's body. */
export function receiptOf({ page: { system, epoch }, to }: PagePart, rows: readonly ChangeRow[], at: string): string {
  const range = { from: rows[0]?.position ?? to, to };
  const told = rows.filter(({ state, violations }) => state !== 'ACCEPTED' || violations.length > 0).map(receiptChange);
  return bodyOf({ kind: 'TAKEN', system, epoch, ...range, ...countsOf(rows), at, changes: told });
}

/** @returns The receipt of changes that waited, as a stream's body. */
export function decidedReceipt(system: string, decisions: readonly Decision[], at: string): string {
  const rows = decisions.map(({ change: { entry }, judgement: { state, violations } }) => ({
    ...entry,
    state,
    violations: violations.map(storableViolation),
    awaited: [],
    until: null,
  }));
  const positions = rows.map(({ position }) => position);
  const range = { from: Math.min(...positions), to: Math.max(...positions) };
  const epoch = decisions[0]?.change.epoch ?? '';
  return bodyOf({ kind: 'DECIDED', system, epoch, ...range, ...countsOf(rows), at, changes: rows.map(receiptChange) });
}

type Told = Pick<ChangeRow, 'position' | 'dataset' | 'key' | 'version' | 'op' | 'state' | 'violations' | 'awaited' | 'until'>;

function receiptChange({ position, dataset, key, version, op, state, violations, awaited, until }: Told): ReceiptChange {
  const named = { position, dataset, key, version, op, state };
  if (state === 'REFUSED') return { ...named, violations };
  const warnings = namedWarnings(violations);
  return { ...named, ...(warnings.length === 0 ? {} : { warnings }), ...(state === 'WAITING' ? { awaited, until } : {}) };
}

function countsOf(rows: readonly Pick<ChangeRow, 'state'>[]): Pick<Receipt, 'accepted' | 'refused' | 'waiting'> {
  const counted = (state: ChangeRow['state']): number => rows.filter((row) => row.state === state).length;
  return { accepted: counted('ACCEPTED'), refused: counted('REFUSED'), waiting: counted('WAITING') };
}

/** Without its opening brace: the position comes first. */
function bodyOf(receipt: Receipt): string {
  return JSON.stringify(receipt).slice(1);
}
