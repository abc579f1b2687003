/**
 * What may be wrong with a folder: a closed list of permanent codes, each with what it means in both languages.
 * @see schema/PROTOCOL.md «Proof»
 */
import type { PositionRange } from '@hub/schema';

/** Every code with what it says. */
export const faultTexts = {
  MANIFEST_LINE: { zh: '清单的这一行不合格式', en: 'this line of the manifest is not of its form' },
  MANIFEST_ORDER: { zh: '清单的行次序不对，或页有重叠', en: 'lines of the manifest are out of order, or pages overlap' },
  FOLDER_UNSTATED: { zh: '没有关于整个文件夹的签名声明', en: 'no signed statement is about the whole folder' },
  KEY_FILE: { zh: '不是 SM2 公钥，或与其文件名（指纹）不符', en: 'no SM2 public key, or not the one its name (the fingerprint) says' },
  KEY_MISSING: { zh: '没有这个签名者的公钥', en: 'the public key of this signer is not there' },
  SIGNER_OTHER: { zh: '签名者不在所指定的公钥之列', en: 'the signer is not one of the keys that were asked for' },
  SIGNATURE_WRONG: { zh: '签名不成立', en: 'the signature does not hold' },
  STATEMENT_OTHER: { zh: '声明的数据流、世代或条数与文件夹不符', en: 'the stream, epoch or count of the statement is not the folder’s' },
  FILE_MISSING: { zh: '缺少文件，或读不了', en: 'the file is missing or cannot be read' },
  FILE_UNEXPECTED: { zh: '清单里没有这个文件', en: 'the manifest does not list this file' },
  BYTES_CHANGED: { zh: '存储的字节与清单不符', en: 'stored bytes are not those of the manifest' },
  UNPACK_FAILED: { zh: '从此处起解压不了', en: 'cannot be unpacked from here on' },
  LINE_UNREADABLE: { zh: '不是规范的变更记录', en: 'no entry in its canonical form' },
  CONTENT_CHANGED: { zh: '内容与其杂凑不符', en: 'the content does not match its hash' },
  ENTRY_CHANGED: { zh: '记录已被改动', en: 'the record was changed' },
  POSITION_MISSING: { zh: '缺少记录', en: 'records are missing' },
  POSITION_REPEATED: { zh: '位置重复，多出一条记录', en: 'a position twice: one record too many' },
  POSITION_OUTSIDE: { zh: '位置不属于这一页，多出一条记录', en: 'a position that is not of this page: one record too many' },
  POSITION_ORDER: { zh: '记录的次序被调换', en: 'records out of their order' },
  PAGE_ROOT: { zh: '这一页与签名的根不符', en: 'the page does not match its signed root' },
  MARKS_CHANGED: { zh: '页是对的，清单里这些位置的标记不对', en: 'the page holds; its marks in the manifest do not' },
  RANGE_INCOMPLETE: {
    zh: '范围内有的位置没有存储，根无从核对',
    en: 'positions of the range are not stored, so its root cannot be checked',
  },
  RANGE_ROOT: { zh: '范围与签名的根不符', en: 'the range does not match its signed root' },
} as const;

/** A code of the list. */
export type FaultCode = keyof typeof faultTexts;

/** One thing that does not hold, and where. */
export interface Fault {
  readonly code: FaultCode;
  /** Path in the folder. */
  readonly file: string;
  /** Positions concerned. */
  readonly positions?: PositionRange;
  /** Bytes concerned, the first and the last; `unpacked` where the file is stored packed. */
  readonly bytes?: { readonly from: number; readonly to: number; readonly unpacked?: true };
}

/** Told of every fault as it is found. */
export type FaultSink = (fault: Fault) => void;

/** @returns The fault as a line: Chinese first, English beside, then where. */
export function faultLine({ code, file, positions, bytes }: Fault): string {
  const { zh, en } = faultTexts[code];
  const where = [
    file,
    ...(positions === undefined ? [] : [`位置 position ${span(positions)}`]),
    ...(bytes === undefined ? [] : [`字节 bytes ${span(bytes)}${bytes.unpacked === true ? '（解压后 unpacked）' : ''}`]),
  ];
  return `✗ ${zh}  ${en} [${code}] ${where.join(' · ')}`;
}

function span({ from, to }: { readonly from: number; readonly to: number }): string {
  return from === to ? `${from}` : `${from}–${to}`;
}
