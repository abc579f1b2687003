/**
 * TENDER_ABNORMITY_REPORT and PROJECT_ATTACHMENTS: lots that end without an award, and the files beside the records.
 * @see standard/datasets.json 517, 518
 */
import { type Draft, draft } from '../draft.ts';
import { noticeHtml } from '../notice-html.ts';
import type { LotPlan, Outcome } from '../plan-lot.ts';
import { type Random, randomFrom } from '../random.ts';
import { dayS, stamp, type WallClock } from '../wall-clock.ts';
import { leadClient, ofLot, pageUrl, type Story } from './references.ts';

interface Ending {
  /** 异常类型. */
  readonly code: string;
  readonly words: string;
  readonly reason: string;
  readonly at: (story: Story) => WallClock;
}

const endings: Readonly<Record<Exclude<Outcome, 'AWARDED'>, Ending>> = {
  FAILED: {
    code: '1',
    words: '流标公告',
    reason: '至投标截止时间，递交投标文件的投标人不足三家。',
    at: ({ tender }) => tender.schedule.opening + 2 * 3600,
  },
  TERMINATED: {
    code: '2',
    words: '终止公告',
    reason: '因项目建设条件发生变化，招标人决定终止招标。',
    at: ({ tender }) => tender.schedule.announcedOpening - 5 * dayS,
  },
  WITHDRAWN: {
    code: '3',
    words: '公告撤销说明',
    reason: '原公告内容有误，现予撤销，另行发布。',
    at: ({ tender }) => tender.schedule.correction + dayS,
  },
};

/** @returns The report on a lot that ended without an award; nothing for the others. */
export function abnormalityRecords(story: Story, lot: LotPlan): readonly Draft[] {
  if (lot.outcome === 'AWARDED') return [];
  const ending = endings[lot.outcome];
  const at = ending.at(story);
  const title = `${lot.name}${ending.words}`;
  return [
    draft('TENDER_ABNORMITY_REPORT', at, {
      ...ofLot(story.tender, lot),
      EXCEPITON_NAME: title,
      EXCEPITON_INFOR: noticeHtml(title, [{ heading: '异常情况', lines: [ending.reason] }], leadClient(story.tender).name),
      APPROVAL_RESULT: '已核准',
      APPROVAL_TIME: stamp(at),
      EXCEPITON_TYPE: ending.code,
    }),
  ];
}

/** @returns The files of a tender: one set with two or three of them. */
export function attachmentRecords({ setting, tender }: Story): readonly Draft[] {
  const random = randomFrom(`${setting.seed}/${tender.code}/attachments`);
  const names = random.some(['招标文件.pdf', '工程量清单.xml', '施工图纸.zip', '投标须知.pdf'], random.whole(1, 3));
  const set = guid(random);
  return names.map((name) =>
    draft('PROJECT_ATTACHMENTS', tender.schedule.documentsFrom, {
      ATTACHMENT_SET_CODE: set,
      ATTACHMENT_COUNT: names.length,
      ATTACHMENT_CODE: guid(random),
      ATTACHMENT_NAME: `${tender.name}${name}`,
      ATTACHMENT_TYPE: name.slice(name.indexOf('.') + 1),
      MD5: random.hex(32),
      ATTACHMENT_FILE_NAME: name,
      URL: pageUrl(setting.system, `files/${tender.code}/${name}`),
    }),
  );
}

function guid(random: Random): string {
  // Version 4, variant 1.
  return `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-8${random.hex(3)}-${random.hex(12)}`;
}
