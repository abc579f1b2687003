/**
 * Why a request has no answer that can be read.
 */

/** `ABANDONED`: nobody waits for it any more, which says nothing of who was asked. */
export type PostFault = 'TIMEOUT' | 'UNREACHABLE' | 'MALFORMED' | 'ABANDONED';

/** A request without a readable answer. */
export class PostError extends Error {
  readonly fault: PostFault;
  /** A kept-alive connection that the other side closed at this very moment: asking again is worth it. */
  readonly stale: boolean;

  constructor(fault: PostFault, message: string, rest: { readonly cause?: unknown; readonly stale?: boolean } = {}) {
    super(message, { cause: rest.cause });
    this.name = 'PostError';
    this.fault = fault;
    this.stale = rest.stale ?? false;
  }
}
