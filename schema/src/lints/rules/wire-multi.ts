/**
 * Semicolon lists fill lists, and lists are filled from semicolon lists.
 * @see standard/README.md `multiValued`; design/graph.md «Types»
 */
import type { Lint } from '../lint.ts';
import { atField, fieldsOf } from '../places.ts';

export const wireMulti: Lint = {
  code: 'WIRE_MULTI',
  find: (law) =>
    fieldsOf(law)
      .filter(({ field }) => field.wire.length > 0 && field.wire.some(({ multi }) => multi) !== field.list)
      .map((place) => ({
        ...atField(place),
        zh: place.field.list
          ? '图中是列表，却没有一个标准字段是分号列表（multi: true），列表至多一项。请标明 multi，或改成单值。'
          : '标准字段是分号列表（multi: true），图中却是单值：只会读到第一项，或整串读成一项。请改成列表 […!]!。',
        en: place.field.list
          ? 'A list in the graph, but none of its wire fields is a semicolon list (multi: true), so it has one item at most. Mark it multi, or make it single.'
          : 'The wire field is a semicolon list (multi: true), but the graph field is single: only its first item would be told, or all as one. Make it a list, […!]!.',
      })),
};
