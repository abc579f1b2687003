/**
 * Seals: what is sealed is null, not filterable and not counted before its milestone.
 * @see design/graph.md «Who sees what»
 */
import { keepIt, type Rule, type Told } from '../change.ts';

/** `SEALED`, `UNSEALED`, `SEAL_CHANGED`. */
export const seals: Rule = ({ before, after }) => {
  if (before === undefined || after === undefined) return [];
  const [was, is] = [before.directives.get('sealed')?.[0], after.directives.get('sealed')?.[0]];
  if (was === is) return [];
  const { name } = before;
  if (is === undefined) return [unsealed(name)];
  const isNew = was === undefined;
  return [
    {
      code: isNew ? 'SEALED' : 'SEAL_CHANGED',
      severity: 'BREAKING',
      element: name,
      zh: isNew
        ? `${name} 从此封存：节点（${is}）之前读不到，也不能筛选、计数。`
        : `${name} 的封存条件由（${was}）变为（${is}）；能读到它的时间不同。`,
      en: isNew
        ? `${name} is sealed from now on: before its milestone (${is}) it cannot be read, filtered by or counted.`
        : `The seal of ${name} was (${was}) and becomes (${is}): it can be read at another time.`,
      ...keepIt,
      coordinates: [name],
    },
  ];
};

function unsealed(name: string): Told {
  return {
    code: 'UNSEALED',
    severity: 'DANGEROUS',
    element: name,
    zh: `${name} 不再封存：节点之前即可读到。`,
    en: `${name} is sealed no more: it can be read before its milestone.`,
    remedyZh: '请确认依法可以提前公开；仍须封存的请恢复 @sealed。',
    remedyEn: 'Make sure that it may be shown earlier; else put @sealed back.',
    coordinates: [],
  };
}
