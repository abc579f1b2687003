/**
 * A value the sheet fixes is not sent, so it has no wire code; every other wire field has one.
 * @see schema/directives.graphql @wire(fixed:)
 */
import type { Lint } from '../lint.ts';
import { atWire, wiresOf } from '../places.ts';

export const wireFixed: Lint = {
  code: 'WIRE_FIXED',
  find: (law) =>
    wiresOf(law)
      .filter(({ wire }) => (wire.fixed === undefined) === (wire.code === ''))
      .map((place) => ({
        ...atWire(place),
        zh: 'fixed 与空的 code 必须同时出现：标准规定的固定值不报送，没有代码；报送的字段不能固定。请补上 fixed，或写明 code 并去掉 fixed。',
        en: 'fixed and an empty code go together: a value the sheet prescribes is not sent and has no code; one that is sent is not fixed. Add fixed, or name the code and drop fixed.',
      })),
};
