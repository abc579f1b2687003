/**
 * Who may read, filter by or order by an element: narrowed, some of those who do are refused from then on.
 * @see design/graph.md «Who sees what»
 */
import type { Element } from '../../checks/elements.ts';
import { keepIt, type Rule, type Told } from '../change.ts';

const levels = ['PUBLIC', 'GOVERNMENT', 'RESTRICTED'] as const;

/** `VISIBILITY_NARROWED`, `VISIBILITY_WIDENED`. */
export const visibility: Rule = ({ before, after }) => {
  if (before === undefined || after === undefined) return [];
  const [was, is] = [levelOf(before), levelOf(after)];
  if (was === is) return [];
  const { name } = before;
  const change = { zh: `${name} 的可见范围由 ${was} 变为 ${is}`, en: `${name} was visible to ${was} and is to ${is}` };
  if (levels.indexOf(is) > levels.indexOf(was)) {
    const words = { zh: `${change.zh}；不在其内的客户端会被拒绝。`, en: `${change.en}; clients beyond that are refused.` };
    return [{ code: 'VISIBILITY_NARROWED', severity: 'BREAKING', element: name, ...words, ...keepIt, coordinates: [name] }];
  }
  const widened: Told = {
    code: 'VISIBILITY_WIDENED',
    severity: 'DANGEROUS',
    element: name,
    zh: `${change.zh}：更多的人可以读到。`,
    en: `${change.en}: more may read it.`,
    remedyZh: '请确认依法可以公开。',
    remedyEn: 'Make sure that it may be shown.',
    coordinates: [],
  };
  return [widened];
};

function levelOf({ directives }: Element): (typeof levels)[number] {
  const [written = ''] = directives.get('visibility') ?? [];
  return levels.find((level) => written.includes(level)) ?? 'PUBLIC';
}
