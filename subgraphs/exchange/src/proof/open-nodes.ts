/**
 * Opens nodes of the proof for who compares. Each is opened once, however often it is asked for; a piece is read once for all nodes,
 * and few pieces are read for one question.
 * @see schema/PROTOCOL.md «Proof»
 */
import {
  HubError,
  keyRootOf,
  type LeafSource,
  type OpenedNode,
  openNode,
  type PositionRange,
  type ProofNode,
  piecesOf,
  segmentPositions,
} from '@hub/schema';

/** Nodes of one question at the most. */
const mostNodes = 256;
/** Pieces that are read for it at the most: each is a fifth of a second of hashing. */
const mostPieces = 16;
const prefixForm = /^(?:[0-9a-f]{2}){0,32}$/;

/**
 * @param head - Last position of the feed.
 * @returns What lies below each.
 * @throws HubError QUERY_INVALID for too many, or a node that is none of the feed's.
 */
export async function openNodes(leaves: LeafSource, nodes: readonly ProofNode[], head: number): Promise<readonly OpenedNode[]> {
  if (nodes.length > mostNodes || !nodes.every((node) => isNode(node, head))) throw invalid(head);
  const distinct = new Map(nodes.map((node) => [nameOf(node), node]));
  const pieces = new Set([...distinct.values()].flatMap(readFor).map(rangeName));
  if (pieces.size > mostPieces) throw invalid(head);
  const source = remembering(leaves);
  const opened = new Map<string, OpenedNode>();
  for (const [name, node] of distinct) opened.set(name, await openNode(source, node));
  return nodes.flatMap((node) => opened.get(nameOf(node)) ?? []);
}

/** Pieces whose leaves are read to open a node: a range takes whole segments by the roots that are kept of them. */
function readFor(node: ProofNode): readonly PositionRange[] {
  const pieces = piecesOf(node);
  return pieces.length === 1 ? pieces : pieces.filter(({ from, to }) => to - from + 1 < segmentPositions);
}

function nameOf(node: ProofNode): string {
  return `${rangeName(node)} ${node.prefix}`;
}

function rangeName({ from, to }: PositionRange): string {
  return `${from}-${to}`;
}

/** What was read and hashed for one question, once. */
function remembering(leaves: LeafSource): LeafSource {
  return { leavesOf: once((piece) => leaves.leavesOf(piece)), keyRootOf: once((piece) => keyRootOf(leaves, piece)) };
}

function once<Found>(read: (piece: PositionRange) => Promise<Found>): (piece: PositionRange) => Promise<Found> {
  const known = new Map<string, Promise<Found>>();
  return ({ from, to }) => {
    const name = rangeName({ from, to });
    const found = known.get(name) ?? read({ from, to });
    known.set(name, found);
    return found;
  };
}

function isNode({ from, to, prefix }: ProofNode, head: number): boolean {
  return Number.isSafeInteger(from) && Number.isSafeInteger(to) && from >= 1 && to >= from && to <= head && prefixForm.test(prefix);
}

function invalid(head: number): HubError {
  return new HubError('QUERY_INVALID', {
    zh: `一次至多打开 ${mostNodes} 个节点、${mostPieces} 片；范围须在 1–${head} 之内，prefix 为偶数个小写十六进制数字。`,
    en: `${mostNodes} nodes of ${mostPieces} pieces at once at the most; ranges within 1–${head}, prefix an even number of lower-case hexadecimal digits.`,
  });
}
