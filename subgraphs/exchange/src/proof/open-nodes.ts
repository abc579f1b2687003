/**
 * Opens nodes of the proof for who compares, a few at once: each may cost the reading of a segment.
 * @see schema/PROTOCOL.md «Proof»
 */
import { HubError, type LeafSource, type OpenedNode, openNode, type ProofNode } from '@hub/schema';

/** Nodes of one question at the most. */
export const mostNodes = 8;
const prefixForm = /^(?:[0-9a-f]{2}){0,32}$/;

/**
 * @param head - Last position of the feed.
 * @returns What lies below each.
 * @throws HubError QUERY_INVALID for too many, or a node that is none of the feed's.
 */
export async function openNodes(leaves: LeafSource, nodes: readonly ProofNode[], head: number): Promise<readonly OpenedNode[]> {
  if (nodes.length > mostNodes || !nodes.every((node) => isNode(node, head))) throw invalid(head);
  const opened: OpenedNode[] = [];
  for (const node of nodes) opened.push(await openNode(leaves, node));
  return opened;
}

function isNode({ from, to, prefix }: ProofNode, head: number): boolean {
  return Number.isSafeInteger(from) && Number.isSafeInteger(to) && from >= 1 && to >= from && to <= head && prefixForm.test(prefix);
}

function invalid(head: number): HubError {
  return new HubError('QUERY_INVALID', {
    zh: `一次至多打开 ${mostNodes} 个节点；范围须在 1–${head} 之内，prefix 为偶数个小写十六进制数字。`,
    en: `${mostNodes} nodes at once at the most; ranges within 1–${head}, prefix an even number of lower-case hexadecimal digits.`,
  });
}
