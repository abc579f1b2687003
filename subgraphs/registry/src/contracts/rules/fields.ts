/**
 * Fields of answers: gone, new, or of another type.
 */
import { keepIt, nothingToDo, type Pair, type Rule, type Told } from '../change.ts';
import { isAsStrict } from '../strictness.ts';

/** `FIELD_REMOVED`, `FIELD_ADDED`, `FIELD_TYPE_CHANGED`, `FIELD_NULLABLE`, `FIELD_NON_NULL`. */
export const fields: Rule = ({ before, after }, releases) => {
  const element = before ?? after;
  if (element?.kind !== 'FIELD') return [];
  const holder = (before === undefined ? releases.after : releases.before).get(element.parent ?? '');
  if (holder?.type === 'input') return [];
  const { name } = element;
  if (after === undefined) {
    const words = { zh: `取消字段 ${name}；用到它的查询会被拒绝。`, en: `The field ${name} goes; operations that ask for it are refused.` };
    return [{ code: 'FIELD_REMOVED', severity: 'BREAKING', element: name, ...words, ...keepIt, coordinates: [name] }];
  }
  if (before === undefined) {
    const words = { zh: `新增字段 ${name}: ${after.type}。`, en: `The field ${name}: ${after.type} is new.` };
    return [{ code: 'FIELD_ADDED', severity: 'SAFE', element: name, ...words, ...nothingToDo, coordinates: [] }];
  }
  return before.type === after.type ? [] : [retyped({ before, after })];
};

function retyped({ before, after }: { readonly [side in keyof Pair]-?: NonNullable<Pair[side]> }): Told {
  const { name } = before;
  const change = { zh: `${name} 由 ${before.type} 变为 ${after.type}`, en: `${name} was ${before.type} and becomes ${after.type}` };
  const told = { element: name, coordinates: [name] };
  if (isAsStrict(after.type, before.type)) {
    const words = { zh: `${change.zh}：不再为 null。`, en: `${change.en}: it is null no more.` };
    return { ...told, code: 'FIELD_NON_NULL', severity: 'SAFE', ...words, ...nothingToDo };
  }
  if (isAsStrict(before.type, after.type)) {
    const words = {
      zh: `${change.zh}：从此可能为 null，没有准备的客户端会出错。`,
      en: `${change.en}: it may be null from now on, and clients that do not expect that fail.`,
    };
    return { ...told, code: 'FIELD_NULLABLE', severity: 'BREAKING', ...words, ...keepIt };
  }
  const words = { zh: `${change.zh}；用到它的查询会失败或读错。`, en: `${change.en}; operations that ask for it fail or misread it.` };
  return { ...told, code: 'FIELD_TYPE_CHANGED', severity: 'BREAKING', ...words, ...keepIt };
}
