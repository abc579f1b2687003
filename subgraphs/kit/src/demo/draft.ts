/**
 * A record before it is sent: what it says and when it happens. Keys, platform fields and dirt are added afterwards.
 */
import type { WallClock } from './wall-clock.ts';

/** Datasets the generator tells, with their numbers in the standard: they stand in the senders' keys. */
export const datasetNumbers = {
  PROJECT: '0500',
  TENDER_PROJECT: '0501',
  SECTION: '0502',
  TENDER_ANN_QUA_INQUERY_ANN: '0503',
  TENDER_FILE_CLARI_MODI: '0504',
  TENDER_INVITATION: '0505',
  BID_OPENING_RECORD: '0506',
  TENDER_LIST: '0507',
  BID_EVALUATION_EXPERT: '0508',
  EVALUATION_REPORT: '0509',
  TENDER_CANDIDATE: '0510',
  TENDER_CANDIDATE_ANNOUNCE: '0511',
  CONTRACT_PERFORMANCE: '0512',
  WIN_RESULT_ANNO: '0513',
  QUALI_INQUERY_CLARI: '0514',
  QUALI_INQUERY_APP_FILE: '0515',
  QUALI_INQUERY_RESULT: '0516',
  TENDER_ABNORMITY_REPORT: '0517',
  PROJECT_ATTACHMENTS: '0518',
  BID_DOC_CHARACT_CODE: '0519',
  TENDER_EVALUATION: '0520',
  T_ASKANSWER: '0521',
  PERFORMANCE: '0522',
  LETTER_OF_GUARANTEE: '0523',
} as const;

export type DemoDataset = keyof typeof datasetNumbers;

/** One record to be. */
export interface Draft {
  readonly dataset: DemoDataset;
  /** When it happens in the project's life. */
  readonly at: WallClock;
  readonly fields: Readonly<Record<string, string>>;
}

/** @returns The draft without the fields that are absent. */
export function draft(dataset: DemoDataset, at: WallClock, fields: Readonly<Record<string, string | number | undefined>>): Draft {
  const present = Object.entries(fields).flatMap(([code, value]): [string, string][] =>
    value === undefined || value === '' ? [] : [[code, String(value)]],
  );
  return { dataset, at, fields: Object.fromEntries(present) };
}

/** @returns Yuan with two decimals. */
export function yuan(fen: number): string {
  return `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
}

/** @returns Ten thousand yuan with six decimals: exact. */
export function tenThousandYuan(fen: number): string {
  return `${Math.floor(fen / 1_000_000)}.${String(fen % 1_000_000).padStart(6, '0')}`;
}
