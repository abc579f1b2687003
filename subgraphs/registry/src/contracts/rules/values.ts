/**
 * Values of enums, those by which lists are ordered among them.
 */
import type { Element } from '../../checks/elements.ts';
import { keepIt, nothingToDo, type Releases, type Rule, tellClients } from '../change.ts';
import { namedIn } from '../strictness.ts';

/** `VALUE_REMOVED`, `VALUE_ADDED`. */
export const values: Rule = ({ before, after }, releases) => {
  const element = before ?? after;
  if (element?.kind !== 'VALUE' || (before !== undefined && after !== undefined)) return [];
  const { name, parent = '' } = element;
  const word = parent.endsWith('Order') ? { zh: '排序方式', en: 'order' } : { zh: '枚举值', en: 'value' };
  if (after === undefined) {
    const words = {
      zh: `取消${word.zh} ${name}；给出它的查询会被拒绝，照它分支的客户端不再遇到它。`,
      en: `The ${word.en} ${name} goes; operations that give it are refused, and no answer has it any more.`,
    };
    const coordinates = [name, ...readers(parent, releases)];
    return [{ code: 'VALUE_REMOVED', severity: 'BREAKING', element: name, ...words, ...keepIt, coordinates }];
  }
  if (!releases.answered.has(parent)) {
    const words = { zh: `新增${word.zh} ${name}。`, en: `The ${word.en} ${name} is new.` };
    return [{ code: 'VALUE_ADDED', severity: 'SAFE', element: name, ...words, ...nothingToDo, coordinates: [] }];
  }
  const words = {
    zh: `新增${word.zh} ${name}；答案里会出现客户端不认识的值。`,
    en: `The ${word.en} ${name} is new; answers will have a value that clients do not know.`,
  };
  return [{ code: 'VALUE_ADDED', severity: 'DANGEROUS', element: name, ...words, ...tellClients, coordinates: readers(parent, releases) }];
};

/** Whoever asks for a field of this type may branch on each of its values; of an enum that is only given, none. */
function readers(type: string, { before, answered }: Releases): readonly string[] {
  if (!answered.has(type)) return [];
  return [...before.values()].filter((element) => isReadAs(element, type, before)).map(({ name }) => name);
}

function isReadAs({ kind, type, parent }: Element, wanted: string, elements: ReadonlyMap<string, Element>): boolean {
  return kind === 'FIELD' && namedIn(type) === wanted && elements.get(parent ?? '')?.type !== 'input';
}
