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

/** Where a test with many generated cases is taken for one that hangs: a guard, far above what it takes. */
export const generatedMs = proving ? 7_200_000 : 180_000;
