/**
 * A seal finds its milestone through the lot, so it names an indexed field with the lot's code or codes.
 * @see schema/directives.graphql @sealed
 */
import type { Dataset, Seal } from '../../contract.ts';
import { identifierScalars } from '../../decode/index-value.ts';
import type { Lint } from '../lint.ts';
import { sealsOf } from '../seals.ts';

const textual: ReadonlySet<string> = new Set(['String', ...identifierScalars]);

export const sealedLot: Lint = {
  code: 'SEALED_LOT',
  find: (law) =>
    sealsOf(law)
      .filter(({ dataset, seal }) => [seal.lot, seal.lotIn].some((name) => name !== undefined && !isUnsealedCode(dataset, name)))
      .map(({ place, seal }) => ({
        ...place,
        zh: `封存以标的「${named(seal)}」的开标或结果为期，但它不是本类型 @indexed、未封存的编号字段，封存将永不解除。请让 lot（及 lotIn）指向编号字段并加 @indexed。`,
        en: `The seal waits for a milestone of the lot «${named(seal)}», which is no @indexed, unsealed code of this type, so it would never end. Let lot (and lotIn) name the field with the code, and index it.`,
      })),
};

function isUnsealedCode({ fields }: Dataset, name: string): boolean {
  const field = fields.find((candidate) => candidate.name === name);
  return field !== undefined && field.indexed && field.sealed === undefined && textual.has(field.graphType);
}

function named({ lot, lotIn }: Seal): string {
  return lotIn === undefined ? lot : `${lotIn}/${lot}`;
}
