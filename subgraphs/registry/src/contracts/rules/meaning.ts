/**
 * Directives that say what an element means or how it is answered: the same question, another answer.
 */
import type { Element } from '../../checks/elements.ts';
import { keepIt, type Rule, tellClients, type Told } from '../change.ts';

const words = {
  sort: { code: 'SORT_CHANGED', severity: 'BREAKING', zh: '排序的依据', en: 'what it sorts by' },
  route: { code: 'ROUTE_CHANGED', severity: 'BREAKING', zh: '由各系统作答的方式', en: 'how systems answer it' },
  merge: { code: 'MERGE_CHANGED', severity: 'BREAKING', zh: '各系统的合并方式', en: 'how systems are put together' },
  key: { code: 'KEY_CHANGED', severity: 'BREAKING', zh: '主键', en: 'its key' },
  wire: { code: 'WIRE_CHANGED', severity: 'DANGEROUS', zh: '所对应的标准数据项', en: 'the wire field behind it' },
  dataset: { code: 'DATASET_CHANGED', severity: 'DANGEROUS', zh: '所对应的数据集', en: 'the dataset behind it' },
  relation: { code: 'RELATION_CHANGED', severity: 'DANGEROUS', zh: '关联的依据', en: 'what it is related by' },
  notice: { code: 'BOARD_CHANGED', severity: 'DANGEROUS', zh: '看板公告的对应', en: 'what the board shows of it' },
  deal: { code: 'BOARD_CHANGED', severity: 'DANGEROUS', zh: '看板交易的对应', en: 'what the board shows of it' },
} as const;

/** `SORT_CHANGED`, `ROUTE_CHANGED`, `MERGE_CHANGED`, `KEY_CHANGED`, `WIRE_CHANGED`, `DATASET_CHANGED`, `RELATION_CHANGED`, `BOARD_CHANGED`. */
export const meaning: Rule = ({ before, after }) => {
  if (before === undefined || after === undefined) return [];
  return Object.entries(words).flatMap(([directive, { code, severity, zh, en }]): readonly Told[] => {
    const [was, is] = [written(before, directive), written(after, directive)];
    if (was === is) return [];
    const { name } = before;
    return [
      {
        code,
        severity,
        element: name,
        zh: `${name} ${zh}（@${directive}）由（${was}）变为（${is}）；同样的查询，答案不同。`,
        en: `${name}: ${en} (@${directive}) was (${was}) and becomes (${is}); the same question, another answer.`,
        ...(severity === 'BREAKING' ? keepIt : tellClients),
        coordinates: severity === 'BREAKING' ? [name] : [],
      },
    ];
  });
};

function written({ directives }: Element, directive: string): string {
  return (directives.get(directive) ?? []).join('; ');
}
