/**
 * What is given with a question: arguments, and fields of inputs, among them those that filter.
 */
import type { Element } from '../../checks/elements.ts';
import { keepIt, nothingToDo, type Rule, tellClients, type Told } from '../change.ts';
import { isAsStrict } from '../strictness.ts';

/**
 * `ARGUMENT_REMOVED`, `ARGUMENT_ADDED`, `ARGUMENT_REQUIRED`, `ARGUMENT_TYPE_CHANGED`, `ARGUMENT_LOOSENED`, `ARGUMENT_DEFAULT_CHANGED`,
 * and the same of `INPUT_FIELD`.
 */
export const inputs: Rule = ({ before, after }, releases) => {
  const element = before ?? after;
  if (element === undefined || !isGiven(element, before === undefined ? releases.after : releases.before)) return [];
  const { name } = element;
  const kind = element.kind === 'ARGUMENT' ? 'ARGUMENT' : 'INPUT_FIELD';
  const word = element.kind === 'ARGUMENT' ? { zh: '参数', en: 'argument' } : filterWord(element);
  const told = { element: name, coordinates: [name] };
  if (after === undefined) {
    const words = {
      zh: `取消${word.zh} ${name}；给出它的查询会被拒绝。`,
      en: `The ${word.en} ${name} goes; operations that give it are refused.`,
    };
    return [{ ...told, code: `${kind}_REMOVED`, severity: 'BREAKING', ...words, ...keepIt }];
  }
  if (before === undefined) return [added(after, { kind, word })];
  return [...retyped({ before, after }, { kind, word }), ...redefaulted({ before, after }, { kind, word })];
};

interface Wording {
  readonly kind: 'ARGUMENT' | 'INPUT_FIELD';
  readonly word: { readonly zh: string; readonly en: string };
}

function isGiven({ kind, parent }: Element, elements: ReadonlyMap<string, Element>): boolean {
  return kind === 'ARGUMENT' || (kind === 'FIELD' && elements.get(parent ?? '')?.type === 'input');
}

function filterWord({ parent }: Element): Wording['word'] {
  return parent?.endsWith('Filter') === true ? { zh: '筛选条件', en: 'filter' } : { zh: '输入字段', en: 'input field' };
}

function added({ name, type, required, parent = '' }: Element, { kind, word }: Wording): Told {
  if (!required) {
    const words = { zh: `新增${word.zh} ${name}: ${type}。`, en: `The ${word.en} ${name}: ${type} is new.` };
    return { code: `${kind}_ADDED`, severity: 'SAFE', element: name, ...words, ...nothingToDo, coordinates: [] };
  }
  return {
    code: `${kind}_REQUIRED`,
    severity: 'BREAKING',
    element: name,
    zh: `新增必填的${word.zh} ${name}；没有给出它的查询会被拒绝。`,
    en: `The ${word.en} ${name} is new and must be given; operations without it are refused.`,
    remedyZh: '给它默认值，或允许为 null。',
    remedyEn: 'Give it a default, or let it be null.',
    coordinates: [parent],
  };
}

interface Both {
  readonly before: Element;
  readonly after: Element;
}

function retyped({ before, after }: Both, { kind, word }: Wording): readonly Told[] {
  const { name } = before;
  if (before.type === after.type) return [];
  const change = {
    zh: `${word.zh} ${name} 由 ${before.type} 变为 ${after.type}`,
    en: `The ${word.en} ${name} was ${before.type} and becomes ${after.type}`,
  };
  if (isAsStrict(before.type, after.type)) {
    const words = { zh: `${change.zh}：要求放宽。`, en: `${change.en}: less is asked for.` };
    return [{ code: `${kind}_LOOSENED`, severity: 'SAFE', element: name, ...words, ...nothingToDo, coordinates: [] }];
  }
  // What becomes required hurts those who leave it out, and nothing tells them apart.
  const coordinates = after.required && !before.required ? [name, before.parent ?? ''] : [name];
  const words = { zh: `${change.zh}；照旧给出的查询会被拒绝。`, en: `${change.en}; operations that give it as before are refused.` };
  return [{ code: `${kind}_TYPE_CHANGED`, severity: 'BREAKING', element: name, ...words, ...keepIt, coordinates }];
}

function redefaulted({ before, after }: Both, { kind, word }: Wording): readonly Told[] {
  const { name } = before;
  if (before.initial === after.initial) return [];
  const [was, is] = [before.initial ?? 'null', after.initial ?? 'null'];
  const words = {
    zh: `${word.zh} ${name} 的默认值由 ${was} 变为 ${is}；没有给出它的查询结果不同。`,
    en: `The default of the ${word.en} ${name} was ${was} and becomes ${is}; operations that leave it out get something else.`,
  };
  return [{ code: `${kind}_DEFAULT_CHANGED`, severity: 'DANGEROUS', element: name, ...words, ...tellClients, coordinates: [] }];
}
