/**
 * TENDER_ANN_QUA_INQUERY_ANN: the notice of a tender or of its prequalification, and the corrections of it. A correction is
 * a further notice of nature 2, never an overwrite.
 * @see standard/datasets.json 503; standard/exchange.md 5
 */
import { type Draft, draft, yuan } from '../draft.ts';
import type { Organisation } from '../market.ts';
import { noticeHtml } from '../notice-html.ts';
import { dayS, spokenDate, stamp, timeOfDay, type WallClock } from '../wall-clock.ts';
import { ownCode } from './project.ts';
import { dealCodes, leadClient, lotCodes, no, pageUrl, phone, type Story, yes } from './references.ts';

/** What sets one notice apart from the others of its tender. */
interface Edition {
  readonly at: WallClock;
  readonly title: string;
  readonly nature: '1' | '2';
  readonly prequalification: boolean;
  readonly documentsFrom: WallClock;
  readonly documentsUntil: WallClock;
  readonly opening: WallClock;
  readonly postponed: boolean;
  readonly page: string;
}

/** @returns All notices of a tender, earliest first; none when bidders were invited. */
export function noticeRecords(story: Story): readonly Draft[] {
  const { tender } = story;
  const { schedule } = tender;
  const editions: Edition[] = [];
  if (tender.prequalified) {
    editions.push({
      at: schedule.prequalification,
      title: `${tender.name}资格预审公告`,
      nature: '1',
      prequalification: true,
      documentsFrom: timeOfDay(schedule.prequalification + dayS, '09:00'),
      documentsUntil: timeOfDay(schedule.prequalification + 8 * dayS, '17:00'),
      opening: schedule.prequalificationClosing,
      postponed: false,
      page: 'prequalification',
    });
  } else if (!tender.invited) {
    const normal: Edition = {
      at: schedule.notice,
      title: `${tender.name}招标公告`,
      nature: '1',
      prequalification: false,
      documentsFrom: schedule.documentsFrom,
      documentsUntil: schedule.documentsUntil,
      opening: schedule.announcedOpening,
      postponed: false,
      page: 'notice',
    };
    editions.push(normal);
    if (tender.corrected) {
      editions.push({ ...normal, at: schedule.correction, title: `${tender.name}招标公告的更正公告`, nature: '2', page: 'correction' });
    }
    if (tender.postponed) {
      editions.push({
        ...normal,
        at: schedule.clarification,
        title: `关于${tender.name}延期开标的公告`,
        nature: '2',
        opening: schedule.opening,
        postponed: true,
        page: 'postponement',
      });
    }
  }
  return editions.map((edition, index) => noticeRecord(story, edition, index));
}

function noticeRecord(story: Story, edition: Edition, index: number): Draft {
  const { setting, project, tender } = story;
  const { agency } = tender;
  const client = leadClient(tender);
  return draft('TENDER_ANN_QUA_INQUERY_ANN', edition.at, {
    TENDER_PROJECT_CODE: tender.code,
    NOTICE_BID_NUM: tender.lots.length,
    BID_SECTION_CODES: lotCodes(tender.lots),
    TRAD_CENTER_NAME: setting.system.name,
    UNIFIED_DEAL_CODES: dealCodes(tender.lots),
    TENDER_SELF_CODE: index === 0 ? ownCode(tender.code) : `${ownCode(tender.code)}-${String(index).padStart(2, '0')}`,
    NOTICE_NAME: edition.title,
    NOTICE_CONTENT: content(story, edition),
    NOTICE_SEND_TIME: stamp(edition.at),
    NOTICE_MEDIA: setting.names.media.join(';'),
    URL: pageUrl(setting.system, `notices/${tender.code}/${edition.page}`),
    NOTICE_NATURE: edition.nature,
    BULLETIN_TYPE: edition.prequalification ? '2' : '1',
    DOC_GET_START_TIME: stamp(edition.documentsFrom),
    DOC_GET_END_TIME: stamp(edition.documentsUntil),
    TENDER_DOC_GET_METHOD: '登录交易系统免费下载。',
    BID_DOC_REFER_END_TIME: stamp(edition.opening),
    IS_POSTPONE: edition.nature === '2' ? (edition.postponed ? yes : no) : undefined,
    BID_OPEN_TIME: stamp(edition.opening),
    BID_OPEN_METHOD: edition.prequalification ? undefined : '网上开标',
    QUAL_TYPE: edition.prequalification ? '有限数量制' : undefined,
    DOC_PRICE: yuan(0),
    DOC_PRICE_CURRENCY: '156',
    DOC_PRICE_UNIT: '0',
    BID_DOC_REFER_METHOD: pageUrl(setting.system, 'bidding'),
    SYNDICATED_FLAG: project.index % 4 === 0 ? yes : no,
    TENDERER_CODE: client.creditCode,
    TENDERER_NAME: client.name,
    TENDERER_ADDRESS: `${project.city.name}${project.region.name}`,
    TENDERER_CONTACTOR: '某工',
    TENDERER_PHONE_NUMBER: phone(client.creditCode),
    TENDERER_EMAIL: 'tenderer@demo.example',
    ...(agency === undefined ? {} : agencyFields(agency)),
    BULLETIN_DUTY: '某负责',
    BULLETIN_DUTY_CODE_TYPE: '某验证',
  });
}

function agencyFields(agency: Organisation): Readonly<Record<string, string>> {
  return {
    TENDER_AGENCY_CODE: agency.creditCode,
    TENDER_AGENCY_NAME: agency.name,
    TENDER_AGENCY_ADDRESS: '演示大厦 1 号',
    TENDER_AGENCY_CONTACTOR: '某代理',
    TENDER_AGENCY_PHONE_NUMBER: phone(agency.creditCode),
    TENDER_AGENCY_EMAIL: 'agency@demo.example',
  };
}

function content({ tender }: Story, edition: Edition): string {
  const client = leadClient(tender);
  const change = edition.postponed
    ? `原定于${spokenDate(tender.schedule.announcedOpening)}的开标时间延期至${spokenDate(edition.opening)}，其他内容不变。`
    : '原公告中投标人资格要求的业绩条款有误，以本公告为准，其他内容不变。';
  return noticeHtml(
    edition.title,
    [
      ...(edition.nature === '2' ? [{ heading: '更正事项', lines: [change] }] : []),
      { heading: '招标条件', lines: [`${tender.name}已获批准建设，招标人为${client.name}，现公开招标。`] },
      {
        heading: '标段划分',
        lines: [],
        table: { head: ['标段编号', '标段名称'], rows: tender.lots.map((lot) => [lot.code, lot.name]) },
      },
      { heading: '投标人资格要求', lines: ['具有独立法人资格并持有相应资质，详见招标文件。'] },
      {
        heading: '文件获取与递交',
        lines: [
          `文件获取：${spokenDate(edition.documentsFrom)}至${spokenDate(edition.documentsUntil)}。`,
          `递交截止与开启时间：${spokenDate(edition.opening)}。`,
        ],
      },
    ],
    client.name,
  );
}
