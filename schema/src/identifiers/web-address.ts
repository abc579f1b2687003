/**
 * 网址: an absolute address of the web. The standard gives its length only, but whoever shows a notice makes a link of it, and
 * `javascript:` would run there.
 * @see RFC 3986; V2.0 section 6 «URL»
 */
import type { IdentifierFault } from './fault.ts';

/** Name of the rule in @wire(id:): the one rule whose breach is also not shown. */
export const webAddressRule = 'webAddress';

const shape = /^https?:\/\/[^\s\p{Cc}]+$/iu;

/** Whether a text is an absolute address of the web: http or https, nothing else. */
export function isWebAddress(value: string): boolean {
  return shape.test(value) && URL.canParse(value);
}

/** @returns What is wrong with the address; undefined when nothing is. */
export function checkWebAddress(value: string): IdentifierFault | undefined {
  return isWebAddress(value) ? undefined : 'SHAPE';
}
