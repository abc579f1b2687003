/**
 * A release as a flat list of what it defines. Texts are read once: most contracts are the same in the next release.
 */
import { parse } from 'graphql';

import { type Element, elementsOf } from '../checks/elements.ts';
import { digestOf, type ReleaseTexts } from './release-texts.ts';

/** The elements of a text, by name. */
export type Elements = ReadonlyMap<string, Element>;

const maxKept = 48;
const kept = new Map<string, Elements>();

/** @returns What a text defines. */
function elementsIn(text: string): Elements {
  const name = digestOf(text);
  const known = kept.get(name);
  if (known !== undefined) return known;
  const elements = elementsOf(parse(text, { noLocation: true }));
  const [oldest] = kept.size >= maxKept ? kept.keys() : [];
  if (oldest !== undefined) kept.delete(oldest);
  kept.set(name, elements);
  return elements;
}

/** @returns What some contracts define together; a type that one of them has in full is that one's. */
export function elementsTogether(texts: readonly string[]): Elements {
  const together = new Map<string, Element>();
  for (const text of texts) {
    const own = elementsIn(text);
    for (const [name, element] of own) {
      const [type = ''] = name.split('.', 1);
      const isStub = own.get(type)?.stub === true;
      if (!together.has(name) || (!isStub && element.kind === 'TYPE')) together.set(name, element);
    }
  }
  return together;
}

/** @returns Names of the contracts that have an element, not counting those that know its type by its key alone. */
export function holdersOf(element: string, { contracts }: ReleaseTexts): readonly string[] {
  const [type = ''] = element.split('.', 1);
  return contracts.flatMap(({ name, sdl }) => {
    const own = elementsIn(sdl);
    return own.has(element) && own.get(type)?.stub !== true ? [name] : [];
  });
}
