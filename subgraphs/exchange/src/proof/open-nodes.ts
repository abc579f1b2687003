/**
 * Opens nodes of the proof for who compares. A piece is read once for all its nodes, and few pieces are read for one question.
 * @see schema/PROTOCOL.md «Proof»
 */
import { HubError, type Leaf, type LeafSource, type OpenedNode, openNode, type PositionRange, type ProofNode, piecesOf } from '@hub/schema';

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
  const pieces = new Set(nodes.filter((node) => piecesOf(node).length === 1).map(({ from, to }) => `${from}-${to}`));
  if (pieces.size > mostPieces) throw invalid(head);
  const source = remembering(leaves);
  const opened: OpenedNode[] = [];
  for (const node of nodes) opened.push(await openNode(source, node));
  return opened;
}

/** The leaves of one question, read once. */
function remembering(leaves: LeafSource): LeafSource {
  const read = new Map<string, Promise<readonly Leaf[]>>();
  const leavesOf = ({ from, to }: PositionRange): Promise<readonly Leaf[]> => {
    const name = `${from}-${to}`;
    const found = read.get(name) ?? leaves.leavesOf({ from, to });
    read.set(name, found);
    return found;
  };
  return { ...leaves, leavesOf };
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
