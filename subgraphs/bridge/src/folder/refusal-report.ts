/**
 * The report that stands beside a refused file, for whoever sent it.
 */
import type { RowFinding } from '../run/count.ts';

import type { StoredFile } from './store-file.ts';

/** @returns Text, Chinese first: counts, then each finding with its line. */
export function refusalReport(
  { name, complete }: { readonly name: string; readonly complete: boolean },
  { count, findings }: StoredFile,
): string {
  const lines = [
    `文件 ${name}：读到 ${count.read} 条，入库 ${count.stored}，撤销 ${count.withdrawn}，未变 ${count.unchanged}，拒收 ${count.refused}。`,
    `File ${name}: ${count.read} read, ${count.stored} stored, ${count.withdrawn} withdrawn, ${count.unchanged} unchanged, ${count.refused} refused.`,
    ...(complete ? [] : ['文件没有写完，等待已超时，请重新发送完整的文件。  The file never got its end: send it again, whole.']),
    '入库的不必重发；改正拒收的，放入新文件。  What was stored need not be sent again; put corrected messages into a new file.',
    '',
    ...findings.map(findingLine),
  ];
  return `${lines.join('\n')}\n`;
}

function findingLine({ row, severity, field, rule, value, messageZh, messageEn }: RowFinding): string {
  const shown = value === undefined ? '' : `「${value}」`;
  return [severity === 'refusal' ? '✗' : '!', `第 ${row} 行 line ${row}`, field, rule, shown, messageZh, messageEn]
    .filter((word) => word !== '')
    .join(' ');
}
