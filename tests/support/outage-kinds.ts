/**
 * The ways in which a city is gone in the stories, and what coverage calls them.
 */
import type { Reason } from './coverage-told.ts';
import { garbage, spoiledRecords, spoiledRows, spoiledValues } from './garbage.ts';
import type { Behaviour } from './system-proxy.ts';

type OutageKinds = readonly (readonly [name: string, behaviour: Behaviour, reason: Reason])[];

/** In words, as behaviour, as reason; whatever was asked. */
export const outageKinds: OutageKinds = [
  ['down', 'refused', 'UNREACHABLE'],
  ['silent', 'silent', 'TIMEOUT'],
  ['stalled', 'stalled', 'TIMEOUT'],
  ['answering HTML', garbage.html, 'INVALID_ANSWER'],
  ['answering with an error inside', garbage.errorInside, 'REFUSED'],
  ['breaking off', garbage.resetMidway, 'UNREACHABLE'],
  ['answering half a JSON', garbage.truncatedJson, 'INVALID_ANSWER'],
  ['answering with a megabyte of header', garbage.headerOfAMegabyte, 'INVALID_ANSWER'],
];

/** Where the answer has values. */
export const valueKinds: OutageKinds = [...outageKinds, ['answering wrong types', spoiledValues.wrongTypes, 'INVALID_ANSWER']];

/** Where the answer has records. */
export const recordKinds: OutageKinds = [
  ...valueKinds,
  ['answering with records that name another system', spoiledRecords.foreignIds, 'INVALID_ANSWER'],
];

/** Where the answer has several rows. */
export const rowKinds: OutageKinds = [...recordKinds, ['answering rows out of order', spoiledRows.rowsOutOfOrder, 'INVALID_ANSWER']];
