/**
 * 附件关联标识号: a GUID of 36 characters.
 * @see V2.0 section 6.8; standard/identifiers.md 12
 */
import type { IdentifierFault } from './fault.ts';

const shape = /^[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}$/i;

/** @returns What is wrong with the GUID; undefined when nothing is. */
export function checkGuid(value: string): IdentifierFault | undefined {
  return shape.test(value) ? undefined : 'SHAPE';
}
