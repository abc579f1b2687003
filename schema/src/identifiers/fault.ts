/**
 * What can be wrong with an identifier. Neither makes a record unreadable: real codes carry wrong check characters.
 * @see standard/identifiers.md
 */

/** SHAPE: not built like the identifier at all. CHECK_CHARACTER: well built, but its check character does not fit. */
export type IdentifierFault = 'SHAPE' | 'CHECK_CHARACTER';

/** Judges one identifier, upper or lower case; undefined when nothing is wrong. */
export type IdentifierCheck = (value: string) => IdentifierFault | undefined;
