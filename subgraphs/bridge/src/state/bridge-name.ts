/**
 * Names that the state of bridges is kept under.
 */

/** Whose state it is. */
export interface BridgeName {
  readonly system: string;
  readonly bridge: string;
}

/** One entry of a bridge. */
export interface EntryName extends BridgeName {
  readonly entry: string;
}
