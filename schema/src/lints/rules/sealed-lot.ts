/**
 * A seal finds its milestone through the lot, so it names an indexed field with the lot's code or codes.
 * @see schema/directives.graphql @sealed
 */
import { identifierScalars } from '../../decode/index-value.ts';
import type { Lint } from '../lint.ts';
import { sealsOf } from '../seals.ts';

const textual: ReadonlySet<string> = new Set(['String', ...identifierScalars]);

export const sealedLot: Lint = {
  code: 'SEALED_LOT',
  find: (law) =>
    sealsOf(law)
      .filter(({ dataset, seal }) => {
        const lot = dataset.fields.find(({ name }) => name === seal.lot);
        return lot === undefined || !lot.indexed || lot.sealed !== undefined || !textual.has(lot.graphType);
      })
      .map(({ place, seal }) => ({
        ...place,
        zh: `封存以标的「${seal.lot}」的开标或结果为期，但它不是本类型 @indexed、未封存的编号字段，封存将永不解除。请让 lot 指向标的编号字段并加 @indexed。`,
        en: `The seal waits for a milestone of the lot «${seal.lot}», which is no @indexed, unsealed code of this type, so it would never end. Let lot name the field with the lot's code, and index it.`,
      })),
};
