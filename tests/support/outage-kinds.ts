/**
 * The ways in which a city is gone in the stories, and what coverage calls them.
 */
import type { Reason } from './coverage-told.ts';
import { garbage } from './garbage.ts';
import type { Behaviour } from './system-proxy.ts';

/** In words, as behaviour, as reason. */
export const outageKinds: readonly (readonly [name: string, behaviour: Behaviour, reason: Reason])[] = [
  ['down', 'refused', 'UNREACHABLE'],
  ['silent', 'silent', 'TIMEOUT'],
  ['stalled', 'stalled', 'TIMEOUT'],
  ['answering HTML', garbage.html, 'INVALID_ANSWER'],
  ['answering with an error inside', garbage.errorInside, 'REFUSED'],
];
