/**
 * Who runs a system, and under which codes, only government may know.
 * @see schema/contracts/registry.graphql
 */
import type { SystemRow } from '@hub/schema';

import { textMark } from './marks.ts';
import { type Onlooker, numberingOf } from './numbering.ts';
import type { Secret } from './secret.ts';

/** Far from the numbers of the systems' records. */
const place = 900;

/** @returns What is to be otherwise in a system's row, and the secrets in it. */
export function planRegistry(
  { code, owner }: SystemRow,
  otherwiseTo: Onlooker | undefined,
): { readonly row: Partial<SystemRow>; readonly secrets: readonly Secret[] } {
  const numbering = numberingOf(place + Number(code.slice(1)), otherwiseTo);
  const next = (): string => textMark(numbering.next({ reader: 'GOVERNMENT', fromMs: 0 }));
  const [creditCode, platform, tradePlat] = [next(), next(), next()];
  return {
    row: {
      owner: { ...owner, creditCode: creditCode.padEnd(18, '0') },
      platformCodes: [{ platform: platform.padEnd(18, '0').toUpperCase(), tradePlat: tradePlat.padEnd(11, '0').toUpperCase() }],
    },
    secrets: [creditCode, platform, tradePlat].map((mark) => ({
      mark,
      found: 'mark',
      at: `System.code, ${code}`,
      reader: 'GOVERNMENT',
      fromMs: 0,
    })),
  };
}
