/**
 * What may be asked of a system's feed.
 * @see schema/PROTOCOL.md «The feed of a system»
 */
import { HubError } from '@hub/schema';
import { z } from 'zod';

/** Changes of one page at the most. */
export const mostEntries = 1_000;
const usualEntries = 100;
const longestWaitMs = 20_000;

const codes = z.array(z.string().max(100)).max(1_000).optional();
const page = z.strictObject({
  after: z.string().optional(),
  first: z.number().int().default(usualEntries),
  datasets: codes,
  categories: codes,
  snapshot: z.union([z.literal(true), z.number().int().min(0)]).optional(),
  waitMs: z.number().int().min(0).max(longestWaitMs).default(0),
});
const segment = z.strictObject({ segment: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });

/** A page of changes, or of a snapshot. */
export type PageRequest = z.infer<typeof page>;
/** A closed segment, whole. */
export type SegmentRequest = z.infer<typeof segment>;

/** @throws HubError QUERY_INVALID; PAGE_SIZE_INVALID. */
export function readFeedRequest(body: string): PageRequest | SegmentRequest {
  const asked = parseJson(body);
  const whole = segment.safeParse(asked);
  if (whole.success) return whole.data;
  const read = page.safeParse(asked);
  if (!read.success) throw invalid(read.error.issues.map(({ path, message }) => [...path, message].join(' ')).join('; '));
  const { after, first, snapshot } = read.data;
  if (after !== undefined && snapshot !== undefined) throw invalid('after and snapshot exclude each other: the cursor knows its snapshot');
  if (first >= 1 && first <= mostEntries) return read.data;
  throw new HubError('PAGE_SIZE_INVALID', {
    zh: `first 应为 1–${mostEntries}，收到 ${first}。`,
    en: `first must be from 1 to ${mostEntries}, not ${first}.`,
  });
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function invalid(reason: string): HubError {
  return new HubError('QUERY_INVALID', {
    zh: `对数据流的请求不合约定，见接口文档「系统的数据流」（${reason}）。`,
    en: `The request to the feed is not as the protocol says: ${reason}.`,
  });
}
