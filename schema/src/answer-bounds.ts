/**
 * How much one system answers at once. Both sides know it: a system refuses the question before the gateway has to throw an
 * answer away.
 * @see schema/PROTOCOL.md 2
 */

/** Bytes of one answer. */
export const maxAnswerBytes = 16 * 1024 * 1024;
/** Records of one relation, of all rows of a page together. */
export const maxRelatedRecords = 20_000;
