/**
 * How much a test does: small in `npm test`, the full size in `npm run prove`.
 * @see README «Development»
 */

/** Whether this run is `npm run prove`. */
export const proving = process.env['HUB_SIZES'] === 'full';

/** @returns The size for this run. */
export function sizeOf(sizes: { readonly test: number; readonly prove: number }): number {
  return proving ? sizes.prove : sizes.test;
}
