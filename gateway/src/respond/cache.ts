/**
 * How long an answer may be kept by others: a few seconds, when it is the same for everybody and nothing is missing from it.
 * @see RFC 9111
 */

/** What an answer is, as far as keeping it goes. */
export interface Cacheable {
  readonly method: string | undefined;
  readonly anonymous: boolean;
  /** All systems answered and there is no error. */
  readonly complete: boolean;
  readonly status: number;
}

/** Short enough that nobody calls a list stale, long enough for a page that everybody opens. */
const maxAgeSeconds = 5;

/** @returns The caching headers of a GraphQL answer. */
export function cacheHeaders({ method, anonymous, complete, status }: Cacheable): Readonly<Record<string, string>> {
  const keep = method === 'GET' && anonymous && complete && status === 200;
  return keep
    ? { 'cache-control': `public, max-age=${maxAgeSeconds}`, vary: 'authorization, accept, origin' }
    : { 'cache-control': 'no-store' };
}
