/**
 * Names derived from a contract's own: root lists are the plural of the type, business codes by `…ByCode`.
 * @see design/graph.md «Shape»
 */

/** `BidSection` → `bidSection`. */
export function singular(type: string): string {
  return type.charAt(0).toLowerCase() + type.slice(1);
}

/** `BidSection` → `bidSections`, `TenderAbnormality` → `tenderAbnormalities`. */
export function plural(type: string): string {
  const name = singular(type);
  if (/[^aeiou]y$/.test(name)) return `${name.slice(0, -1)}ies`;
  return /(?:s|x|ch|sh)$/.test(name) ? `${name}es` : `${name}s`;
}

/** `publishedAt` → `PUBLISHED`, `openingAt` → `OPENING`, `estimatedPrice` → `ESTIMATED_PRICE`. */
export function orderName(field: string): string {
  return field
    .replace(/(?<=.)At$/, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toUpperCase();
}
