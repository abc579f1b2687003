/**
 * QUALI_INQUERY_CLARI, QUALI_INQUERY_APP_FILE, QUALI_INQUERY_RESULT, TENDER_INVITATION: who may bid when not everybody may.
 * @see standard/datasets.json 505, 514–516
 */
import { type Draft, draft } from '../draft.ts';
import type { BidPlan, LotPlan } from '../plan-lot.ts';
import { dayS, stamp } from '../wall-clock.ts';
import { dealCodes, legalPerson, lotCodes, no, ofLot, pageUrl, roles, type Story } from './references.ts';

/** @returns Document, applications and results of a prequalification; nothing for other tenders. */
export function prequalificationRecords(story: Story): readonly Draft[] {
  const { tender } = story;
  if (!tender.prequalified) return [];
  return [
    documentRecord(story),
    ...tender.lots.flatMap((lot) => lot.bids.map((bid) => applicationRecord(story, lot, bid))),
    ...tender.lots.map((lot) => resultRecord(story, lot)),
  ];
}

/** @returns Invitations to those who passed, or to those asked in the first place; nothing for open tenders. */
export function invitationRecords(story: Story): readonly Draft[] {
  const { setting, tender } = story;
  if (!tender.prequalified && !tender.invited) return [];
  const { schedule } = tender;
  return tender.lots.flatMap((lot) =>
    lot.bids.map(({ bidder }) =>
      draft('TENDER_INVITATION', schedule.notice, {
        ...ofLot(tender, lot),
        BID_INVITE_ISSUE_NATURE: '1',
        BID_INVITE_ISSUE_CONTENT: `邀请贵单位参加${lot.name}的投标，请按时回复是否参加。`,
        BID_QUALIFICATION: '与资格要求一致。',
        BIDDER_NAME: bidder.name,
        BIDDER_CODE_TYPE: legalPerson,
        BIDDER_CODE: bidder.creditCode,
        BIDDER_ROLE: roles.bidder,
        DOC_GET_START_TIME: stamp(schedule.documentsFrom),
        DOC_GET_END_TIME: stamp(schedule.documentsUntil),
        TENDER_DOC_GET_METHOD: '登录交易系统下载。',
        BID_DOC_REFER_END_TIME: stamp(schedule.announcedOpening),
        BID_DOC_REFER_METHOD: pageUrl(setting.system, 'bidding'),
        BID_INVITE_END_TIME: stamp(schedule.notice + 5 * dayS),
        BID_INVITE_ISSUE_TIME: stamp(schedule.notice),
        BULLETIN_DUTY: '某负责',
      }),
    ),
  );
}

function documentRecord({ setting, tender }: Story): Draft {
  const { schedule, lots } = tender;
  return draft('QUALI_INQUERY_CLARI', schedule.prequalification, {
    TENDER_PROJECT_CODE: tender.code,
    BID_SECTION_CODES: lotCodes(lots),
    UNIFIED_DEAL_CODES: dealCodes(lots),
    DOC_CODE: `${tender.code}ZS01`,
    DOC_NAME: `${tender.name}资格预审文件`,
    APPLICANT_QUALIFICATIONS: '具有独立法人资格，近三年完成过类似项目。',
    APPLICATION_VALID_TIME: '60 天',
    DOC_SUBMIT_END_TIME: stamp(schedule.prequalificationClosing),
    DOC_SUBMIT_METHOD: '网上递交',
    DOC_OPEN_TIME: stamp(schedule.prequalificationClosing),
    DOC_OPEN_METHOD: '网上开启',
    EVALUATION_METHOD: '有限数量制',
    CLARIFY_CONTENT: '首次发布，无澄清修改。',
    SUBMIT_TIME: stamp(schedule.prequalification),
    IS_POSTPONE: no,
    TENDER_CLARIFY_CONTENT: '无。',
    TENDER_SUBMIT_TIME: stamp(schedule.prequalification),
    URL: pageUrl(setting.system, `notices/${tender.code}/prequalification-documents`),
  });
}

function applicationRecord({ tender }: Story, lot: LotPlan, { bidder, manager }: BidPlan): Draft {
  const { prequalificationClosing } = tender.schedule;
  return draft('QUALI_INQUERY_APP_FILE', prequalificationClosing - 7200, {
    TENDER_PROJECT_CODE: tender.code,
    BID_SECTION_CODES: lot.code,
    UNIFIED_DEAL_CODES: lot.dealCode,
    APPLICANTION_NAME: bidder.name,
    APPLICANTION_CODE: bidder.creditCode,
    QUALIFICATION_ELEMENT: '营业执照、资质证书、安全生产许可证齐全。',
    BID_MANAGER: manager.name,
    APPLY_SUBMIT_TIME: stamp(prequalificationClosing - 7200),
  });
}

function resultRecord({ setting, tender }: Story, lot: LotPlan): Draft {
  const { prequalificationResult } = tender.schedule;
  return draft('QUALI_INQUERY_RESULT', prequalificationResult, {
    ...ofLot(tender, lot),
    NOTICE_NAME: `${lot.name}资格预审结果`,
    PASSED_APPLICANT_LIST: lot.bids.length === 0 ? '无' : lot.bids.map((bid) => bid.bidder.name).join('、'),
    RESULT_CREATE_TIME: stamp(prequalificationResult),
    URL: pageUrl(setting.system, `notices/${lot.code}/prequalification-result`),
  });
}
