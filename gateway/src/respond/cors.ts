/**
 * Which web pages may ask from a browser: those of the listed origins, `HUB_CORS_ORIGINS`.
 * @see Fetch standard, «CORS protocol»
 */

/** @returns Headers that allow this origin to read an answer; none when it is not listed. */
export function corsHeaders(origin: string | undefined, allowed: readonly string[]): Readonly<Record<string, string>> {
  if (allowed.length === 0) return {};
  const vary = { vary: 'origin' };
  if (origin === undefined || !allowed.includes(origin)) return vary;
  return { ...vary, 'access-control-allow-origin': origin, 'access-control-expose-headers': 'retry-after' };
}

/** @returns The additional headers of an answer to a preflight request. */
export function preflightHeaders(origin: string | undefined, allowed: readonly string[]): Readonly<Record<string, string>> {
  const headers = corsHeaders(origin, allowed);
  if (!('access-control-allow-origin' in headers)) return headers;
  return {
    ...headers,
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': 'authorization, content-type',
    'access-control-max-age': '600',
  };
}
