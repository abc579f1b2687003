/**
 * What a consumer asks of the hub, over HTTP and signed: where the feed stands, its lines, its statements; it opens nodes of
 * the proof, and says what it has.
 * @see schema/PROTOCOL.md «The hub's feed»; design/feed.md 8 and 9
 */
import {
  HubError,
  type OpenedNode,
  type PositionRange,
  type ProofNode,
  type RangeLine,
  readManifestLine,
  readSm2PublicKeys,
  type Sm2PublicKey,
} from '@hub/schema';

import { ask, bytesOf, collected, type HubOptions, memberOf, parsed, refusedBy, unreadable } from './http.ts';
import { readOpenedNodes } from './read-opened.ts';
import { splitLines } from './split-lines.ts';

/** Where the hub's feed stands. */
export interface FeedState {
  readonly stream: string;
  readonly epoch: string;
  /** Last position. */
  readonly head: number;
  /** Segments of 10,000 positions that are closed: 1 to this number. */
  readonly segments: number;
}

/** Which of the received entries the consumer cannot take, and why. */
export interface Refused {
  readonly position: number;
  /** A code of the consumer's own. */
  readonly code: string;
  readonly reason: string;
}

/** What the consumer has and what it made of it. */
export interface Confirmation extends PositionRange {
  readonly epoch: string;
  readonly refused: readonly Refused[];
}

/** The hub, as a consumer sees it. */
export interface Hub {
  feed(): Promise<FeedState>;
  /** Lines of a range within one segment; of a whole closed segment as the file that never changes. */
  lines(range: PositionRange, options: { readonly closed: boolean; readonly epoch: string }): AsyncGenerator<Buffer>;
  /** Statements after the first so many, and how many that makes; at most 1,000. */
  statements(after: number): Promise<{ readonly statements: readonly RangeLine[]; readonly through: number }>;
  /** A statement about a range, made now. */
  state(range: PositionRange): Promise<RangeLine>;
  /** Public keys of its statements: the one it signs with now, then those of before. */
  keys(): Promise<readonly Sm2PublicKey[]>;
  /** Opens nodes of its proof. */
  open(nodes: readonly ProofNode[]): Promise<readonly OpenedNode[]>;
  confirm(confirmation: Confirmation): Promise<void>;
}

/** @returns The hub at an address. */
export function openHub(options: HubOptions): Hub {
  const text = async (path: string): Promise<string> => (await collected(bytesOf(await ask(path, options), options))).toString();
  const rangeLines = (found: string): readonly RangeLine[] => found.split('\n').filter(Boolean).map(rangeLine);
  return {
    async feed() {
      return feedState(parsed(await text('/exchange/feed')));
    },
    async *lines({ from, to }, { closed, epoch }) {
      const path = closed ? `/exchange/segments/${to / (to - from + 1)}` : `/exchange/entries?after=${from - 1}&first=${to - from + 1}`;
      const answer = await ask(path, options);
      if (answer.response.headers.get('hub-feed-epoch') !== epoch) throw otherEpoch();
      yield* splitLines(bytesOf(answer, options));
    },
    async statements(after) {
      const statements = rangeLines(await text(`/exchange/statements?after=${after}`));
      return { statements, through: after + statements.length };
    },
    async state({ from, to }) {
      const [line] = rangeLines(await text(`/exchange/statements/${from}-${to}`));
      if (line === undefined) throw unreadable();
      return line;
    },
    async keys() {
      return readSm2PublicKeys(await text('/exchange/keys')) ?? [];
    },
    async open(nodes) {
      const asked = nodes.map(({ from, to, prefix }) => ({ from, to, prefix }));
      return readOpenedNodes(await control(options, { query: openText, variables: { nodes: asked } }));
    },
    async confirm({ epoch, from, to, refused }) {
      await control(options, { query: confirmText, variables: { input: { epoch, from, to, refused } } });
    },
  };
}

const openText =
  'query Open($nodes: [ProofNodeInput!]!) { openNode(nodes: $nodes) { from to prefix ranges { from to root } branches { prefix count hash } entries { position system dataset key version leaf } } }';
const confirmText = 'mutation Confirm($input: ConfirmInput!) { confirmEntries(input: $input) { number } }';

async function control(options: HubOptions, question: object): Promise<unknown> {
  const answer = await ask('/control', options, JSON.stringify(question));
  const told = parsed((await collected(bytesOf(answer, options))).toString());
  const errors: unknown = memberOf(told, 'errors');
  if (Array.isArray(errors) && errors.length > 0) throw refusedBy(answer.response.status, told);
  return memberOf(told, 'data');
}

function feedState(told: unknown): FeedState {
  const [stream, epoch, head, segments] = ['stream', 'epoch', 'head', 'segments'].map((name) => memberOf(told, name));
  if (typeof stream !== 'string' || typeof epoch !== 'string' || !isCount(head) || !isCount(segments)) throw unreadable();
  return { stream, epoch, head, segments };
}

function rangeLine(text: string): RangeLine {
  const line = readManifestLine(text);
  if (line?.kind !== 'range') throw unreadable();
  return line;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function otherEpoch(): HubError {
  return new HubError('EPOCH_CHANGED', {
    zh: '枢纽的数据流换了世代。请先逐条对账，已保存的不删。',
    en: 'The hub’s feed has another epoch: reconcile first, and delete nothing.',
  });
}
