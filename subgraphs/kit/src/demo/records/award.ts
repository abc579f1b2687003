/**
 * TENDER_CANDIDATE_ANNOUNCE, WIN_RESULT_ANNO, CONTRACT_PERFORMANCE, PERFORMANCE: candidates are published, one wins, signs
 * and builds.
 * @see standard/datasets.json 511–513, 522
 */
import { type Draft, draft, yuan } from '../draft.ts';
import { noticeHtml } from '../notice-html.ts';
import type { BidPlan, LotPlan } from '../plan-lot.ts';
import { stamp } from '../wall-clock.ts';
import { rateOf } from './bid.ts';
import { priceInWords } from './evaluation.ts';
import {
  amountOf,
  codesOf,
  dealCodes,
  leadClient,
  legalPerson,
  lotCodes,
  namesOf,
  ofLot,
  pageUrl,
  renminbi,
  roles,
  type Story,
} from './references.ts';

/** @returns The candidates' publicity for all awarded lots at once; none when no lot is awarded. */
export function candidateNoticeRecords({ setting, tender }: Story): readonly Draft[] {
  const lots = tender.lots.filter((lot) => lot.candidates.length > 0);
  const [first] = lots;
  if (first === undefined) return [];
  const { candidates, candidatesUntil } = tender.schedule;
  const title = `${tender.name}中标候选人公示`;
  const parts = lots.map((lot) => ({
    heading: lot.name,
    lines: [`标段编号：${lot.code}`],
    table: {
      head: ['排名', '中标候选人', '投标报价', '得分'],
      rows: lot.candidates.map((bid, index) => [String(index + 1), bid.bidder.name, priceInWords(lot, bid), bid.score.toFixed(2)]),
    },
  }));
  const [one, two, three] = first.candidates;
  return [
    draft('TENDER_CANDIDATE_ANNOUNCE', candidates, {
      TENDER_PROJECT_CODE: tender.code,
      BID_SECTION_CODES: lotCodes(lots),
      UNIFIED_DEAL_CODE: dealCodes(lots),
      PUBLICITY_NAME: title,
      PUBLICITY_CONTENT: noticeHtml(title, parts, leadClient(tender).name),
      PUBLICITY_REFER_TIME: stamp(candidates),
      NOTICE_MEDIA: setting.names.media.join(';'),
      URL: pageUrl(setting.system, `notices/${tender.code}/candidates`),
      PUBLICITY_TYPE: '1',
      PUBLICITY_START_TIME: stamp(candidates),
      PUBLICITY_END_TIME: stamp(candidatesUntil),
      OBJECTION_METHOD: '公示期内以书面形式向招标人提出。',
      BULLETIN_DUTY: '某负责',
      EXAMINER_NAME: '某验证',
      FIRST_BIDDER_NAME: one?.bidder.name,
      FIRST_BIDDER_CODE: one?.bidder.creditCode,
      SECOND_BIDDER_NAME: two?.bidder.name,
      SECOND_BIDDER_CODE: two?.bidder.creditCode,
      THIRD_BIDDER_NAME: three?.bidder.name,
      THIRD_BIDDER_CODE: three?.bidder.creditCode,
    }),
  ];
}

/** @returns Award, contract and performance of a lot; nothing when nobody won. */
export function awardRecords(story: Story, lot: LotPlan): readonly Draft[] {
  const { winner } = lot;
  if (winner === undefined) return [];
  return [awardRecord(story, lot, winner), contractRecord(story, lot, winner), performanceRecord(story, lot, winner)];
}

function awardRecord({ setting, tender }: Story, lot: LotPlan, winner: BidPlan): Draft {
  const { award } = tender.schedule;
  const title = `${lot.name}中标结果公告`;
  const price = amountOf(lot, winner.priceFen);
  const agency = tender.agency ?? leadClient(tender);
  return draft('WIN_RESULT_ANNO', award, {
    ...ofLot(tender, lot),
    REGION_CODE: tender.region.code,
    TRA_PLACE_CODE: setting.system.region,
    TENDER_AGENCY_NAM: agency.name,
    TENDER_AGENCY_CODE: agency.creditCode,
    NOTICE_NAME: title,
    NOTICE_CONTENT: noticeHtml(
      title,
      [
        { heading: '中标人', lines: [winner.bidder.name] },
        { heading: '中标价', lines: [priceInWords(lot, winner)] },
        { heading: '项目负责人', lines: [winner.manager.name] },
      ],
      leadClient(tender).name,
    ),
    NOTICE_SEND_TIME: stamp(award),
    NOTICE_MEDIA: setting.names.media.join(';'),
    URL: pageUrl(setting.system, `notices/${lot.code}/award`),
    NOTICE_NATURE: '1',
    BULLETIN_TYPE: '9',
    WIN_BIDDER_NAME: winner.bidder.name,
    BIDDER_CODE_TYPE: legalPerson,
    WIN_BIDDER_CODE: winner.bidder.creditCode,
    BIDDER_ROLE: roles.bidder,
    UNION_CODE: winner.partner === undefined ? undefined : `${winner.bidder.name}、${winner.partner.name}联合体`,
    UNION_NAME: winner.partner === undefined ? undefined : winner.bidder.creditCode,
    PRICE_FORM_CODE: lot.byRate ? '2' : '1',
    BID_AMOUNT: lot.byRate ? undefined : price.amount,
    BID_CURRENCY: lot.byRate ? undefined : renminbi,
    PRICE_UNIT: lot.byRate ? undefined : price.unit,
    OTHER_BID_PRICE: lot.byRate ? rateOf(lot, winner) : undefined,
    BULLETIN_DUTY: '某负责',
    EXAMINER_NAME: '某验证',
    TENDER_AGENCY_NAME: agency.name,
    BIDDER_REGION_CODE: winner.bidder.region,
    BIDDER_PROPERTY: winner.bidder.nature,
    PROJECT_LEAD: winner.manager.name,
    PROJECT_LEAD_ID: winner.manager.idCard,
  });
}

function contractRecord({ tender }: Story, lot: LotPlan, winner: BidPlan): Draft {
  const { contract, termDays } = tender.schedule;
  const price = amountOf(lot, winner.priceFen);
  return draft('CONTRACT_PERFORMANCE', contract, {
    ...ofLot(tender, lot),
    CONTRACT_NAME: `${lot.name}合同`,
    TENDERER_NAME: namesOf(tender.clients),
    TENDER_CODE: codesOf(tender.clients),
    BIDDER_NAME: winner.bidder.name,
    BIDDER_CODE: winner.bidder.creditCode,
    CONTRACT_PRICE: lot.byRate ? undefined : price.amount,
    PRICE_CURRENCY: lot.byRate ? undefined : renminbi,
    PRICE_UNIT: price.unit,
    PRICE_FORM_CODE: lot.byRate ? '2' : '1',
    OTHER_CONTRACT_PRICE: lot.byRate ? rateOf(lot, winner) : undefined,
    CONTRACT_CONTENT: `承包范围：${lot.name}招标文件载明的全部内容。`,
    LIMITE_TIME: years(termDays),
    QUALITY_REQUIRE: '合格',
    SUBMIT_TIME: stamp(contract),
    CONTRACT_SIGN_TIME: stamp(contract),
    CONTRACT_CODE: `HT-${lot.code.slice(7)}`,
  });
}

function performanceRecord({ tender }: Story, lot: LotPlan, winner: BidPlan): Draft {
  const { finished, contract } = tender.schedule;
  const client = leadClient(tender);
  return draft('PERFORMANCE', finished, {
    ...ofLot(tender, lot),
    PERFORMANCE_REPORT_NAME: `${lot.name}履约情况报告`,
    TENDERER_NAME: client.name,
    TENDERER_CODE: client.creditCode,
    PERFORMANCE_PARTY_NAME: winner.bidder.name,
    PERFORMANCE_PARTY_CODE: winner.bidder.creditCode,
    SETTLE_PRICE: lot.byRate ? undefined : yuan(Math.round(winner.priceFen * 1.01)),
    FINISH_TIME: stamp(finished),
    ACTUALLY_PERIOD: years((finished - contract) / 86_400),
    PERFORMANCE_CONTENT: '按合同约定完成，验收合格。',
    REPORT_ISSUE_TIME: stamp(finished),
  });
}

/** Terms of contracts are whole years on the wire. */
function years(days: number): number {
  return Math.max(1, Math.ceil(days / 365));
}
