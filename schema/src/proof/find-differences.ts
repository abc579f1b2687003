/**
 * Finds the entries in which two sides differ, by asking the other side for a few nodes: one entry altered among a million takes
 * three calls after the roots.
 * @see design/feed.md 9; schema/PROTOCOL.md «Proof»
 */
import { HubError } from '../errors.ts';
import { isProven } from './check-opened.ts';
import type { Leaf } from './entry-leaf.ts';
import { keyTreeRoot } from './key-tree.ts';
import { type LeafSource, rangeRoot, subtreesOf } from './leaf-source.ts';
import { isBelow, listed, type ListedEntry, type OpenedNode, type ProofNode } from './open-node.ts';
import { type PositionRange, piecesOf } from './pieces.ts';

/** How an entry differs, as seen from this side: it is other here, has another position, is missing, or is one too many. */
export type DifferenceKind = 'ALTERED' | 'MOVED' | 'MISSING' | 'ADDED';

/** One entry that is not the same on both sides. */
export interface Difference {
  readonly kind: DifferenceKind;
  /** Undefined for ADDED. */
  readonly theirs?: ListedEntry;
  /** Undefined for MISSING. */
  readonly ours?: ListedEntry;
}

/** What was found. */
export interface Comparison {
  readonly differences: readonly Difference[];
  readonly calls: number;
  /** False when it stopped at `maxCalls` with nodes still to open. */
  readonly complete: boolean;
}

/** How to ask. */
export interface CompareOptions {
  /** The range with the other side's root, hexadecimal, whose signature was checked. */
  readonly theirs: PositionRange & { readonly root: string };
  /** One call: opens nodes of the other side. */
  readonly ask: (nodes: readonly ProofNode[]) => Promise<readonly OpenedNode[]>;
  /** Default 100. */
  readonly maxCalls?: number;
  /** Default 4: about 80 KB an answer at most. */
  readonly nodesPerCall?: number;
}

interface Suspect {
  readonly node: ProofNode;
  readonly hash: string;
}

/**
 * Compares this side's leaves with another's.
 * @throws HubError SYSTEM_FAILED when an answer does not hash to the root it is to explain.
 */
export async function findDifferences(
  ours: LeafSource,
  { theirs, ask, maxCalls = 100, nodesPerCall = 4 }: CompareOptions,
): Promise<Comparison> {
  const { from, to, root } = theirs;
  const differences: Difference[] = [];
  const same = (await rangeRoot(ours, theirs)).toString('hex') === root;
  let pending: readonly Suspect[] = same ? [] : [{ node: { from, to, prefix: '' }, hash: root }];
  let calls = 0;
  while (pending.length > 0 && calls < maxCalls) {
    const batch = pending.slice(0, nodesPerCall);
    const opened = await ask(batch.map(({ node }) => node));
    calls++;
    const next: Suspect[] = [];
    for (const [at, { node, hash }] of batch.entries()) {
      const answer = opened[at];
      if (answer === undefined || !isProven(node, hash, answer)) throw unproven(node);
      const found = await compareNode(ours, answer);
      next.push(...found.suspects);
      differences.push(...found.differences);
    }
    pending = [...pending.slice(nodesPerCall), ...next];
  }
  return { differences: withMoves(differences), calls, complete: pending.length === 0 };
}

interface Compared {
  readonly suspects: readonly Suspect[];
  readonly differences: readonly Difference[];
}

async function compareNode(ours: LeafSource, theirs: OpenedNode): Promise<Compared> {
  const { from, to, prefix, ranges } = theirs;
  if (ranges !== undefined) {
    const suspects: Suspect[] = [];
    for (const range of ranges) {
      const mine = await rangeRoot(ours, range);
      if (mine.toString('hex') !== range.root) suspects.push({ node: { from: range.from, to: range.to, prefix: '' }, hash: range.root });
    }
    return { suspects, differences: [] };
  }
  const [piece = { from, to }] = piecesOf({ from, to });
  const mine = (await ours.leavesOf(piece)).filter(isBelow(prefix));
  return theirs.branches === undefined
    ? { suspects: [], differences: differencesOf(mine, theirs.entries ?? []) }
    : compareBranches(mine, theirs);
}

/** A branch of theirs is opened where ours is another; what we have where they have none needs no further question. */
function compareBranches(mine: readonly Leaf[], { from, to, prefix, branches = [] }: OpenedNode): Compared {
  const byByte = Map.groupBy(mine, ({ place }) => `${prefix}${place.toString('hex', prefix.length / 2, prefix.length / 2 + 1)}`);
  const known = new Set(branches.map((branch) => branch.prefix));
  const suspects = branches
    .filter((branch) => keyTreeRoot(subtreesOf(byByte.get(branch.prefix) ?? [])).toString('hex') !== branch.hash)
    .map((branch) => ({ node: { from, to, prefix: branch.prefix }, hash: branch.hash }));
  const added = [...byByte].filter(([byte]) => !known.has(byte)).flatMap(([, leaves]) => differencesOf(leaves, []));
  return { suspects, differences: added };
}

function differencesOf(mine: readonly Leaf[], theirs: readonly ListedEntry[]): readonly Difference[] {
  const unmatched = mine.map(listed).filter((our) => !theirs.some((their) => isSame(their, our)));
  const others = theirs.filter((their) => !mine.some((our) => isSame(listed(our), their)));
  const altered = others.map((their): Difference => {
    const at = unmatched.findIndex((our) => nameOf(our) === nameOf(their));
    const [our] = at < 0 ? [] : unmatched.splice(at, 1);
    return our === undefined
      ? { kind: 'MISSING', theirs: their }
      : { kind: our.position === their.position ? 'ALTERED' : 'MOVED', theirs: their, ours: our };
  });
  return [...altered, ...unmatched.map((our): Difference => ({ kind: 'ADDED', ours: our }))];
}

/** What is missing in one piece and one too many in another has moved between them. */
function withMoves(differences: readonly Difference[]): readonly Difference[] {
  const added = new Map(
    differences.flatMap((found) => (found.kind === 'ADDED' && found.ours !== undefined ? [[nameOf(found.ours), found.ours]] : [])),
  );
  const moved = new Set<string>();
  const joined = differences.map((found): Difference => {
    const name = found.kind === 'MISSING' && found.theirs !== undefined ? nameOf(found.theirs) : undefined;
    const ours = name === undefined ? undefined : added.get(name);
    if (name === undefined || ours === undefined) return found;
    moved.add(name);
    return { ...found, kind: 'MOVED', ours };
  });
  return joined.filter(({ kind, ours }) => kind !== 'ADDED' || ours === undefined || !moved.has(nameOf(ours)));
}

function isSame(one: ListedEntry, other: ListedEntry): boolean {
  return one.leaf === other.leaf && one.position === other.position && nameOf(one) === nameOf(other);
}

function nameOf({ system, dataset, key, version }: ListedEntry): string {
  return JSON.stringify([system, dataset, key, version]);
}

function unproven({ from, to, prefix }: ProofNode): HubError {
  return new HubError('SYSTEM_FAILED', {
    zh: `对方对位置 ${from}–${to}${prefix === '' ? '' : `（${prefix}）`}的回答与其签名的根不符，不予采信。`,
    en: `The answer for positions ${from}–${to}${prefix === '' ? '' : ` (${prefix})`} does not hash to the signed root, and is not believed.`,
  });
}
