/**
 * Narrows what the hub says lies below nodes of its proof. What it says is believed only where it hashes to what was signed.
 * @see schema/PROTOCOL.md «Proof»
 */
import type { ListedEntry, OpenedNode } from '@hub/schema';

import { memberOf, unreadable } from './http.ts';

type Read<Value> = (value: unknown) => Value;

/** @throws HubError SYSTEM_FAILED when it is not of that shape. */
export function readOpenedNodes(answer: unknown): readonly OpenedNode[] {
  return list(memberOf(answer, 'openNode'), openedNode);
}

function openedNode(value: unknown): OpenedNode {
  const node = { from: count(memberOf(value, 'from')), to: count(memberOf(value, 'to')), prefix: text(memberOf(value, 'prefix')) };
  const [ranges, branches, entries] = [memberOf(value, 'ranges'), memberOf(value, 'branches'), memberOf(value, 'entries')];
  if (isThere(ranges)) return { ...node, ranges: list(ranges, range) };
  if (isThere(branches)) return { ...node, branches: list(branches, branch) };
  return { ...node, entries: list(entries, entry) };
}

function range(value: unknown): { readonly from: number; readonly to: number; readonly root: string } {
  return { from: count(memberOf(value, 'from')), to: count(memberOf(value, 'to')), root: text(memberOf(value, 'root')) };
}

function branch(value: unknown): { readonly prefix: string; readonly count: number; readonly hash: string } {
  return { prefix: text(memberOf(value, 'prefix')), count: count(memberOf(value, 'count')), hash: text(memberOf(value, 'hash')) };
}

function entry(value: unknown): ListedEntry {
  const [system, dataset, key, leaf] = ['system', 'dataset', 'key', 'leaf'].map((name) => text(memberOf(value, name)));
  if (system === undefined || dataset === undefined || key === undefined || leaf === undefined) throw unreadable();
  return { position: count(memberOf(value, 'position')), system, dataset, key, version: count(memberOf(value, 'version')), leaf };
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function list<Value>(value: unknown, read: Read<Value>): readonly Value[] {
  if (!Array.isArray(value)) throw unreadable();
  const items: readonly unknown[] = value;
  return items.map(read);
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw unreadable();
  return value;
}

function count(value: unknown): number {
  if (!Number.isSafeInteger(value) || Number(value) < 0) throw unreadable();
  return Number(value);
}
