/**
 * The feed of the system under audit, as the exchange asks for it. What is in it is never quoted: it holds restricted fields, and
 * a report travels. Changes are told by position, dataset and key.
 * @see schema/PROTOCOL.md 13
 */
import type { Fault, Words } from '../audit.ts';
import type { Answer } from '../ask/answer.ts';
import { type Endpoint, Unanswered } from '../ask/endpoint.ts';
import { at, isObject, listAt, textAt } from '../ask/json-value.ts';

/** A change as it came. */
export type Entry = Readonly<Record<string, unknown>>;

/** A page as it came. */
export interface Page {
  readonly epoch: string;
  readonly head: number;
  readonly segments: number;
  readonly snapshot: number | null;
  readonly from: number;
  readonly to: number;
  readonly entries: readonly Entry[];
  readonly cursor: string;
  readonly more: boolean;
}

/** The feed's beginning, read once: pages of the whole feed, in order. */
export interface Beginning {
  readonly pages: readonly Page[];
  readonly entries: readonly Entry[];
  /** Position up to which it was read. */
  readonly to: number;
}

/** A feed that answers. */
export interface Feed {
  readonly endpoint: Endpoint;
  /** @returns The page. @throws Unanswered for anything else. */
  page(request: object): Promise<Page>;
  /** @returns Pages from a request on to a position, or until there is no more; at most `mostPages`. */
  follow(request: object, upTo?: number): Promise<readonly Page[]>;
  beginning(): Promise<Beginning>;
}

/** Whether there is a feed, and if not what is known of it. */
export type FeedState = { readonly feed: Feed } | { readonly absent: Words; readonly closed: boolean };

/** Changes of the beginning that are judged, about. */
const mostRead = 300;
/** Sizes of its first pages: uneven ones, so that a fault at the edge of a page shows. */
const firsts = [1, 7, 50] as const;
const usualFirst = 200;
const mostPages = 60;

const none: Words = { zh: '端点没有数据流（POST feed），见 FEED-001', en: 'the endpoint has no feed (POST feed), see FEED-001' };
const closed: Words = {
  zh: '没有给数据交换的密钥（--exchange-key），不知数据流怎样作答',
  en: 'no key of the exchange was given (--exchange-key), so it is not known how the feed answers',
};

/** Finds out whether the system has a feed, and whether it answers the suite. */
export async function openFeed(endpoint: Endpoint): Promise<FeedState> {
  const answer = await endpoint.post('{"first":1}');
  if (readPage(answer) === undefined) {
    const refused = answer.status === 401 || answer.status === 403;
    return refused && endpoint.signer === undefined ? { absent: closed, closed: true } : { absent: none, closed: false };
  }
  const page: Feed['page'] = async (request) => {
    const told = await endpoint.post(JSON.stringify(request));
    const read = readPage(told);
    if (read !== undefined) return read;
    throw new Unanswered(feedFault(request, told, '一页  a page'));
  };
  const follow: Feed['follow'] = async (request, upTo = Infinity) => {
    const { snapshot: _, ...rest }: { readonly snapshot?: unknown } = request;
    const pages = [await page(request)];
    for (let last = pages.at(-1); last !== undefined && last.more && last.to < upTo && pages.length < mostPages; last = pages.at(-1)) {
      pages.push(await page({ ...rest, after: last.cursor }));
    }
    return pages;
  };
  const readBeginning = async (): Promise<Beginning> => {
    const pages: Page[] = [];
    for (
      let last: Page | undefined;
      last === undefined || (last.more && last.to < mostRead && pages.length < mostPages);
      last = pages.at(-1)
    ) {
      pages.push(await page({ first: firsts[pages.length] ?? usualFirst, ...(last === undefined ? {} : { after: last.cursor }) }));
    }
    return { pages, entries: pages.flatMap(({ entries }) => entries), to: pages.at(-1)?.to ?? 0 };
  };
  let read: Promise<Beginning> | undefined;
  return { feed: { endpoint, page, follow, beginning: () => (read ??= readBeginning()) } };
}

/** @returns The breach that an answer of the feed is, without what is in it. */
export function feedFault(request: unknown, answer: Pick<Answer, 'status' | 'errors'>, expected: string): Fault {
  const codes = answer.errors.map(({ code }) => String(code)).join(' ');
  return {
    asked: `POST feed ${typeof request === 'string' ? request : JSON.stringify(request)}`,
    answered: `HTTP ${answer.status} ${codes}`,
    expected,
  };
}

/** @returns A change's name in a report. */
export function nameOf(entry: Entry | undefined): string {
  if (entry === undefined) return '无 none';
  const { position, dataset, key, version, op } = entry;
  return `${String(position)} ${String(dataset)} ${String(key)} @${String(version)} ${String(op)}`;
}

/** @returns The page in an answer; undefined when it is none. */
export function readPage({ status, text }: Pick<Answer, 'status' | 'text'>): Page | undefined {
  const page = status === 200 ? parsed(text) : undefined;
  const [head, segments, from, to] = [at(page, 'head'), at(page, 'segments'), at(page, 'scanned', 'from'), at(page, 'scanned', 'to')];
  const [snapshot, more, cursor, epoch] = [at(page, 'snapshot'), at(page, 'more'), textAt(page, 'cursor'), textAt(page, 'epoch')];
  if (at(page, 'version') !== 1 || cursor === '' || epoch === '' || typeof more !== 'boolean' || !isObject(page)) return undefined;
  if (!isPosition(head) || !isPosition(segments) || !isPosition(from) || !isPosition(to)) return undefined;
  if (snapshot !== null && !isPosition(snapshot)) return undefined;
  const entries = listAt(page, 'entries').filter(isObject);
  return { epoch, head, segments, snapshot, from, to, entries, cursor, more };
}

function isPosition(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
