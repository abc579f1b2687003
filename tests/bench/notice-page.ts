/**
 * Notices of systems that answer from memory: those of all systems interleave, the first are of the last systems.
 */
import { encodeRecordId, encodeSystemCursor, law, printInstant, serveContracts } from '@hub/schema';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLSchema } from 'graphql';

/** A system, by its place among all. */
export interface NoticeSystem {
  readonly code: string;
  readonly place: number;
  readonly rows: number;
}

/** What of a page's arguments is heeded. */
interface Asked {
  readonly first: number;
  readonly after?: string | null;
}

/** @returns The code of the system at a place. */
export function codeAt(place: number): string {
  return `s${String(place).padStart(3, '0')}`;
}

/** @returns What a system serves, its system the context, and the names of the contracts. */
export function noticeSchema(): { readonly schema: GraphQLSchema; readonly contracts: readonly string[] } {
  const contracts = law().contracts.filter(({ contract }) => contract.partitioned);
  const typeDefs = serveContracts(contracts.map(({ served }) => served));
  const notices = (_: unknown, asked: Asked, system: NoticeSystem): object => noticePage(system, asked);
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: { Query: { notices } } }]);
  return { schema, contracts: contracts.map(({ contract }) => contract.name) };
}

/** @returns The notices of a system, the newest first. */
export function noticeEdges({ code: system, place, rows }: NoticeSystem) {
  return Array.from({ length: rows }, (_, index) => {
    const id = encodeRecordId({ system, type: 'Notice', key: `n${index}` });
    const instant = new Date(Date.UTC(2026, 10, 1) - index * 3_600_000 + place * 1000).toISOString().replace('Z', '000Z');
    const node = {
      id,
      title: `第${index}号道路改造工程施工招标公告`,
      publishedAt: printInstant(instant),
      receivedAt: printInstant(instant),
      stage: { code: '01', label: '招标公告' },
      category: { code: 'construction', label: '工程建设' },
      region: { code: '990100', name: '某某市' },
      system: { code: system, name: system },
    };
    return { cursor: encodeSystemCursor([instant, id]), late: false, node };
  });
}

function noticePage(system: NoticeSystem, { first, after }: Asked): object {
  const all = noticeEdges(system);
  const from = all.findIndex(({ cursor }) => cursor === after) + 1;
  const edges = all.slice(from, from + first);
  return { edges, nodes: edges.map(({ node }) => node), totalCount: system.rows };
}
