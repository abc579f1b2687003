/**
 * A page that is the same for everybody: made once, sent compressed, not sent again to whoever has it, and bound by a content
 * security policy that lets it run its own script only and talk to this hub only.
 * @see RFC 9110 13.1.2; Content Security Policy Level 3
 */
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

import type { HttpAnswer } from '../respond/http.ts';

/** A document ready to be sent in either form. */
export interface WrittenDocument {
  readonly plain: Buffer;
  readonly gzipped: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** @returns The document; `policy` is its content security policy. */
export async function writeDocument(
  text: string,
  { type, policy }: { readonly type: string; readonly policy: string },
): Promise<WrittenDocument> {
  const plain = Buffer.from(text);
  return {
    plain,
    gzipped: await promisify(gzip)(plain),
    headers: {
      'content-type': `${type}; charset=utf-8`,
      'content-security-policy': policy,
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-cache',
      vary: 'accept-encoding',
      etag: `"${createHash('sha256').update(plain).digest('hex').slice(0, 16)}"`,
    },
  };
}

/** @returns The document in the form this request takes, or word that it has it already. */
export function answerWith({ plain, gzipped, headers }: WrittenDocument, request: IncomingMessage): HttpAnswer {
  if (request.headers['if-none-match'] === headers['etag']) return { status: 304, headers, body: '' };
  const zipped = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  return zipped
    ? { status: 200, headers: { ...headers, 'content-encoding': 'gzip' }, body: gzipped }
    : { status: 200, headers, body: plain };
}

/** @returns The policy of a page with this one script. */
export function policyFor(script: string): string {
  const hash = createHash('sha256').update(script).digest('base64');
  return [
    "default-src 'none'",
    `script-src 'sha256-${hash}'`,
    'worker-src blob:',
    "style-src 'unsafe-inline'",
    'img-src data:',
    'font-src data:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
