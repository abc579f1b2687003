/**
 * Interfaces of types, members of unions.
 */
import { keepIt, type Rule, tellClients, type Told } from '../change.ts';

/** `INTERFACE_REMOVED`, `INTERFACE_ADDED`, `MEMBER_REMOVED`, `MEMBER_ADDED`. */
export const among: Rule = ({ before, after }) => {
  if (before?.kind !== 'TYPE' || after === undefined || before.type !== after.type) return [];
  const { name } = before;
  const isUnion = before.type === 'union';
  const gone = before.among.filter((one) => !after.among.includes(one));
  const come = after.among.filter((one) => !before.among.includes(one));
  return [
    ...gone.map((one): Told => {
      const words = isUnion
        ? {
            zh: `${name} 不再包含 ${one}；以它展开的查询会被拒绝。`,
            en: `${one} is no longer one of ${name}; fragments on it are refused.`,
          }
        : {
            zh: `${name} 不再实现 ${one}；经由 ${one} 取它的查询会少了数据。`,
            en: `${name} implements ${one} no more; operations that reach it as ${one} get less.`,
          };
      return {
        code: isUnion ? 'MEMBER_REMOVED' : 'INTERFACE_REMOVED',
        severity: 'BREAKING',
        element: `${name}/${one}`,
        ...words,
        ...keepIt,
        coordinates: [one],
      };
    }),
    ...come.map((one): Told => {
      const words = isUnion
        ? {
            zh: `${name} 新增成员 ${one}；没有准备的客户端读不到它。`,
            en: `${one} joins ${name}; clients that do not expect it do not read it.`,
          }
        : { zh: `${name} 实现 ${one}；经由 ${one} 的查询会多出数据。`, en: `${name} implements ${one}; operations over ${one} get more.` };
      return {
        code: isUnion ? 'MEMBER_ADDED' : 'INTERFACE_ADDED',
        severity: 'DANGEROUS',
        element: `${name}/${one}`,
        ...words,
        ...tellClients,
        coordinates: [],
      };
    }),
  ];
};
