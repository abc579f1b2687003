/**
 * What can be wrong with a source, as a closed list: its codes are permanent, and the README of the exchange says of each what
 * becomes of it. A fault never costs a change: the page is not taken, and is asked for again.
 * @see README «采集 Harvest»; design/feed.md 8
 */

/** When a source that failed is asked again. AT_ONCE: the next question is another one. RARELY: nothing is expected to change. */
export type Again = 'AT_ONCE' | 'SOON' | 'RARELY';

interface FaultRow {
  readonly zh: string;
  readonly en: string;
  readonly again: Again;
  /** Fewer changes are asked for next: the page may have been too much for it. */
  readonly smaller?: true;
}

/** Every code of a fault of a source. */
export const sourceFaults = {
  NO_FEED: { zh: '系统没有数据流（/feed）。', en: 'The system has no feed (/feed).', again: 'RARELY' },
  ADDRESS_REFUSED: { zh: '系统的地址不允许连接。', en: 'The address of the system may not be connected to.', again: 'SOON' },
  UNREACHABLE: { zh: '连接不上系统。', en: 'The system cannot be reached.', again: 'SOON' },
  TIMEOUT: { zh: '系统没有在期限内答完。', en: 'The system did not finish its answer in time.', again: 'SOON', smaller: true },
  CUT_OFF: { zh: '答复中途断了。', en: 'The answer ends in the middle.', again: 'SOON', smaller: true },
  REDIRECTED: { zh: '系统要求转到别处，数据交换不跟随。', en: 'The system redirects, which is not followed.', again: 'SOON' },
  KEY_REFUSED: {
    zh: '系统不认数据交换的签名：请核对它信任的密钥和它的时钟。',
    en: 'The system does not believe the signature of the exchange: check the keys it trusts, and its clock.',
    again: 'SOON',
  },
  BUSY: { zh: '系统请稍后再来。', en: 'The system asks to come back later.', again: 'SOON' },
  SERVER_ERROR: { zh: '系统内部出错（HTTP 5xx）。', en: 'The system failed (HTTP 5xx).', again: 'SOON' },
  QUESTION_REFUSED: { zh: '系统拒绝了合乎约定的请求。', en: 'The system refused a question that follows the protocol.', again: 'SOON' },
  ERROR_AS_ANSWER: { zh: '系统以 HTTP 200 答了一个错误。', en: 'The system answered an error as HTTP 200.', again: 'SOON' },
  NOT_JSON: { zh: '答复不是 JSON（如网页）。', en: 'The answer is not JSON: a web page, perhaps.', again: 'SOON' },
  NOT_UTF8: { zh: '答复不是 UTF-8（如 GB18030）。', en: 'The answer is not UTF-8: GB18030, perhaps.', again: 'SOON' },
  JSON_BROKEN: { zh: '答复的 JSON 有语法错误。', en: 'The JSON of the answer is malformed.', again: 'SOON' },
  TOO_DEEP: { zh: '答复的 JSON 嵌套过深。', en: 'The JSON of the answer is nested too deeply.', again: 'SOON' },
  TOO_LARGE: { zh: '答复（解压后）过大。', en: 'The answer is too large, once unpacked.', again: 'SOON', smaller: true },
  ENCODING_UNKNOWN: {
    zh: '答复以约定之外的方式压缩，或压缩内容已损坏。',
    en: 'The answer is packed in another way, or damaged.',
    again: 'SOON',
  },
  VERSION_UNKNOWN: { zh: '数据流的版本不是 1。', en: 'The version of the feed is not 1.', again: 'SOON' },
  OTHER_SYSTEM: { zh: '答复属于另一个系统。', en: 'The answer is another system’s.', again: 'SOON' },
  PAGE_FORM: { zh: '页的成员缺少、重复或类型不对。', en: 'Members of the page are missing, doubled or of the wrong kind.', again: 'SOON' },
  PAGE_REPEATED: { zh: '系统又给了已经取过的一页。', en: 'The page is one that was taken before.', again: 'SOON' },
  PAGE_JUMPED: { zh: '页不从上一页之后开始，中间的位置被略过。', en: 'The page skips positions after the one before.', again: 'SOON' },
  POSITIONS_BROKEN: {
    zh: '页内位置缺少、重复、倒退或不在所说的范围内。',
    en: 'Positions in the page are missing, doubled, going back, or outside of what it says it scanned.',
    again: 'SOON',
  },
  HEAD_BACK: { zh: '数据流的末位倒退了，世代却没有变。', en: 'The head of the feed went back without a new epoch.', again: 'SOON' },
  HISTORY_ALTERED: {
    zh: '已经取过的位置上，内容变了，世代却没有变。',
    en: 'What stands at positions taken before was altered without a new epoch.',
    again: 'SOON',
  },
  NO_PROGRESS: { zh: '系统说还有变更，却一条也不给。', en: 'The system says there is more, and gives nothing.', again: 'SOON' },
  CURSOR_STUCK: { zh: '游标没有随页前进。', en: 'The cursor does not advance with the page.', again: 'SOON' },
  CURSOR_LOST: {
    zh: '系统不认自己给的游标，改为从头核对。',
    en: 'The system lost its own cursor: what was taken is read through again.',
    again: 'AT_ONCE',
  },
  EPOCH_CHANGED: {
    zh: '系统从备份恢复过（世代变了）：取快照逐条对账。',
    en: 'The system was restored (a new epoch): a snapshot is taken and reconciled.',
    again: 'AT_ONCE',
  },
  EPOCH_UNSTABLE: { zh: '世代一变再变，取不完快照。', en: 'The epoch changes again and again.', again: 'SOON' },
  ENTRIES_BROKEN: {
    zh: '一页里的变更大半不合形式（如杂凑全不对）：这是程序的问题，不逐条拒收。',
    en: 'Most changes of a page are not in form, as when all hashes are wrong: a program is at fault, and none is refused.',
    again: 'SOON',
  },
} as const satisfies Readonly<Record<string, FaultRow>>;

/** A code of the closed list. */
export type SourceFaultCode = keyof typeof sourceFaults;

/** A source that is not as it should be: what it sent is not taken. */
export class SourceFault extends Error {
  readonly code: SourceFaultCode;
  /** What shows it, fit for the system's engineers: the status, the positions, the beginning of what came. */
  readonly evidence: string;
  /** What the source itself asked for. */
  readonly retryAfterMs: number | undefined;

  constructor(
    code: SourceFaultCode,
    evidence: string,
    rest: { readonly cause?: unknown; readonly retryAfterMs?: number | undefined } = {},
  ) {
    super(`${sourceFaults[code].en} ${evidence}`, { cause: rest.cause });
    this.name = 'SourceFault';
    this.code = code;
    this.evidence = evidence;
    this.retryAfterMs = rest.retryAfterMs;
  }
}

/** @returns What a fault says of itself. */
export function rowOf(code: SourceFaultCode): FaultRow {
  return sourceFaults[code];
}

const mostEvidence = 400;

/** @returns The beginning of a text as it may be shown: one line, without control characters. */
export function excerpt(text: string): string {
  const shown = text
    .slice(0, mostEvidence)
    .replaceAll(/[\p{Cc}\p{Cs}]+/gu, ' ')
    .trim();
  return text.length > mostEvidence ? `${shown}…` : shown;
}
