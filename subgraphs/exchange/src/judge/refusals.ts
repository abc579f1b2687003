/**
 * Refusals of changes that no rule over fields can find: their form is wrong.
 * @see schema/PROTOCOL.md 7 and 13
 */
import { quoted, type Violation } from '@hub/schema';

/** No contract has the dataset. */
export function datasetUnknown(dataset: string): Violation {
  const shown = quoted(dataset);
  return refusal(
    'DATASET_UNKNOWN',
    `全省的契约中没有数据集 ${shown}，请核对系统所服务的契约。`,
    `No contract of the province has a dataset ${shown}: check the contracts that the system serves.`,
  );
}

export const changeUnreadable = refusal(
  'MESSAGE_UNREADABLE',
  '变更的版本号、时间或 payload（由文本字段组成的 JSON 对象）不合约定，见接口文档第 13 节。',
  'The version, the time or the payload (a JSON object of text fields) is not as section 13 of the protocol says.',
);
export const hashMismatch = refusal(
  'HASH_MISMATCH',
  'hash 与 payload 不符：内容在系统里或途中被改动过。',
  'The hash is not the payload’s: the content was altered in the system or on the way.',
);
export const textUnreadable = refusal(
  'TEXT_UNREADABLE',
  '键、来源或其他名称含有不能保存的字符。',
  'The key, the source or another name holds characters that cannot be kept.',
);

function refusal(rule: string, messageZh: string, messageEn: string): Violation {
  return { rule, severity: 'refusal', field: '', messageZh, messageEn };
}
