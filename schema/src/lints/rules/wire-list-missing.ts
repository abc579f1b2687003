/**
 * What is shown as a code with its label names the list the label comes from.
 * @see design/graph.md «Types»
 */
import type { Lint } from '../lint.ts';
import { type WirePlace, atWire, wiresOf } from '../places.ts';

const codedTypes: ReadonlySet<string> = new Set(['Code', 'Region']);
const codedParts: ReadonlySet<string | undefined> = new Set(['currency', 'unit', 'form', 'kind', 'role']);

export const wireListMissing: Lint = {
  code: 'WIRE_LIST_MISSING',
  find: (law) =>
    wiresOf(law)
      .filter((place) => place.wire.list === undefined && isCoded(place))
      .map((place) => ({
        ...atWire(place),
        zh: '以代码加名称呈现，却没有写代码表，名称将永远为空。请加 list: "…"；不是代码的字段请用 String。',
        en: 'It is shown as a code with a label and names no list, so the label would always be null. Add list: "…", or use String for what is no code.',
      })),
};

function isCoded({ field, wire }: WirePlace): boolean {
  return codedTypes.has(field.graphType) || codedParts.has(wire.part);
}
