/**
 * What a check finds in a mapping itself, before any row is read. The codes are permanent.
 * @see subgraphs/bridge/README.md «检查 · Check»
 */

/** Every code, and what to do about it. */
export const checkCodes = {
  DATASET_UNKNOWN: { zh: '标准中没有这个数据集，或本系统不服务它的契约', en: 'No such dataset, or the system does not serve its contract' },
  FIELD_UNKNOWN: { zh: '数据集没有这个字段', en: 'The dataset has no such field' },
  FIELD_UNMAPPED: { zh: '必填字段没有映射', en: 'A required field is not mapped' },
  COLUMN_UNKNOWN: { zh: '来源没有这个列', en: 'The source has no such column' },
  CODE_UNKNOWN: { zh: '对照表给出的代码不在标准代码表中', en: 'A code of the table is not on the standard’s list' },
  CALL_UNKNOWN: { zh: 'from 不是 source.calls 中的名称', en: '«from» names no call of the source' },
  ROWS_NONE: { zh: '来源没有一行，无法抽样', en: 'The source has no rows to sample' },
} as const;

/** A code of the list. */
export type CheckCode = keyof typeof checkCodes;

/** One finding. */
export interface CheckFinding {
  readonly code: CheckCode;
  readonly severity: 'refusal' | 'warning';
  /** Wire field, column or code it is about; empty: the entry as a whole. */
  readonly about: string;
}
