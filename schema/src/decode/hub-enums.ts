/**
 * The enums that records carry on the wire by their own names. Enums are only for sets the hub itself owns; all else is Code.
 * @see design/graph.md «Types»
 */
export const hubEnums: ReadonlyMap<string, ReadonlySet<string>> = new Map([['Direction', new Set(['PUBLIC_PAYS', 'PUBLIC_RECEIVES'])]]);
