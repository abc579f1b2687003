/**
 * Types that come, go or become something else.
 */
import { keepIt, nothingToDo, type Rule } from '../change.ts';

/** `TYPE_REMOVED`, `TYPE_ADDED`, `TYPE_KIND_CHANGED`; of a type that goes, nothing but the type. */
export const typeKinds: Rule = ({ before, after }) => {
  const element = before ?? after;
  if (element?.kind !== 'TYPE') return [];
  const { name } = element;
  if (after === undefined) {
    return [
      {
        code: 'TYPE_REMOVED',
        severity: 'BREAKING',
        element: name,
        zh: `取消类型 ${name}；用到它的查询会被拒绝。`,
        en: `The type ${name} goes; operations that use it are refused.`,
        ...keepIt,
        coordinates: [name],
      },
    ];
  }
  if (before === undefined) {
    const words = { zh: `新增类型 ${name}。`, en: `The type ${name} is new.` };
    return [{ code: 'TYPE_ADDED', severity: 'SAFE', element: name, ...words, ...nothingToDo, coordinates: [] }];
  }
  if (before.type === after.type) return [];
  return [
    {
      code: 'TYPE_KIND_CHANGED',
      severity: 'BREAKING',
      element: name,
      zh: `${name} 由 ${before.type} 变为 ${after.type}；用到它的查询会被拒绝。`,
      en: `${name} was ${before.type} and becomes ${after.type}; operations that use it are refused.`,
      ...keepIt,
      coordinates: [name],
    },
  ];
};
