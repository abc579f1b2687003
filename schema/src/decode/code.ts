/**
 * A code of one of the standard's lists with its label, and a region with its name.
 * @see design/graph.md «Types»
 */

/** Looks up the Chinese label of a code; undefined when the list or the code is not known. */
export type Labels = (list: string, code: string) => string | undefined;

/** A Code of the graph. */
export interface DecodedCode {
  readonly code: string;
  readonly label: string | null;
}

/** A Region of the graph. */
export interface DecodedRegion {
  readonly code: string;
  readonly name: string | null;
}

/** @returns The code with its label; null when there is no code. */
export function decodeCode(code: string | undefined, list: string | undefined, labels: Labels): DecodedCode | null {
  if (code === undefined) return null;
  return { code, label: (list === undefined ? undefined : labels(list, code)) ?? null };
}

/** @returns The region with its name; null when there is no code. */
export function decodeRegion(code: string | undefined, labels: Labels): DecodedRegion | null {
  return code === undefined ? null : { code, name: labels('REGION', code) ?? null };
}
