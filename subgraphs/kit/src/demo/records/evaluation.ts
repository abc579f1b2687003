/**
 * BID_OPENING_RECORD, BID_EVALUATION_EXPERT, TENDER_EVALUATION, EVALUATION_REPORT, TENDER_CANDIDATE: the bids are opened
 * and judged, and the best are ranked.
 * @see standard/datasets.json 506, 508–510, 520
 */
import { type Draft, draft } from '../draft.ts';
import type { BidPlan, LotPlan } from '../plan-lot.ts';
import { stamp } from '../wall-clock.ts';
import { rateOf } from './bid.ts';
import { amountOf, dealCodes, legalPerson, lotCodes, no, ofLot, pageUrl, renminbi, roles, type Story, yes } from './references.ts';

/** @returns The record of the opening: one for all lots that are opened; none where all were called off before. */
export function openingRecords({ setting, tender }: Story): readonly Draft[] {
  const opened = tender.lots.filter((lot) => lot.outcome === 'AWARDED' || lot.outcome === 'FAILED');
  if (opened.length === 0) return [];
  const { opening } = tender.schedule;
  const bids = opened.flatMap((lot) => lot.bids.map((bid) => ({ lot, bid })));
  return [
    draft('BID_OPENING_RECORD', opening, {
      TENDER_PROJECT_CODE: tender.code,
      BID_SECTION_CODES: lotCodes(opened),
      UNIFIED_DEAL_CODES: dealCodes(opened),
      NOTICE_NAME: `${tender.name}开标记录`,
      BID_OPENING_ACTOR: `招标人代表、代理机构代表及投标人共 ${bids.length} 家`,
      BID_OPENING_CONTENT:
        bids.length === 0
          ? '至截止时间无投标文件递交。'
          : bids.map(({ lot, bid }) => `${bid.bidder.name}：${priceInWords(lot, bid)}，工期 ${bid.termDays} 天`).join('\n'),
      BID_OPENING_ADDRESS: `${setting.system.name}第 1 开标室`,
      BID_OPENING_TIME: stamp(opening),
      URL: pageUrl(setting.system, `notices/${tender.code}/opening`),
      OPEN_COMPERE: '某主持',
      TENDER_AGENCY_PERSON: '某代理',
      TENDERER_PERSON: '某业主',
    }),
  ];
}

/** @returns Experts, scores, report and candidates of a lot; nothing when it was not evaluated. */
export function evaluationRecords(story: Story, lot: LotPlan): readonly Draft[] {
  if (lot.outcome !== 'AWARDED') return [];
  return [
    ...expertRecords(story, lot),
    ...(lot.scored ? lot.bids.map((bid) => scoreRecord(story, lot, bid)) : []),
    reportRecord(story, lot),
    ...lot.candidates.map((bid, index) => candidateRecord(story, lot, { bid, rank: index + 1 })),
  ];
}

/** @returns The price as announcements print it. */
export function priceInWords(lot: LotPlan, bid: BidPlan): string {
  if (lot.byRate) return rateOf(lot, bid);
  const { amount, unit } = amountOf(lot, bid.priceFen);
  return `${amount} ${unit === '1' ? '万元' : '元'}`;
}

function expertRecords({ tender }: Story, lot: LotPlan): readonly Draft[] {
  const { opening } = tender.schedule;
  return lot.experts.map((expert, index) =>
    draft('BID_EVALUATION_EXPERT', opening, {
      ...ofLot(tender, lot),
      EXPERT_TYPE: '1',
      EXPERT_NAME: expert.name,
      ID_CARD: expert.idCard,
      ID_CARD_TYPE: '01',
      IS_CHAIR_MAN: index === 0 ? yes : no,
      EXPERT_CHECK_IN_TIME: stamp(opening - 600 - index * 60),
    }),
  );
}

function scoreRecord({ tender }: Story, lot: LotPlan, bid: BidPlan): Draft {
  const technical = (bid.score * 0.6).toFixed(2);
  const commercial = (bid.score - Number(technical)).toFixed(2);
  return draft('TENDER_EVALUATION', tender.schedule.evaluated, {
    ...ofLot(tender, lot),
    BIDDER_NAME: bid.bidder.name,
    BIDDER_ORG_CODE: bid.bidder.creditCode,
    BID_EVALUATION_DETAILS: JSON.stringify({ 技术: technical, 商务及报价: commercial }),
    BID_EVALUATION_REPORT: JSON.stringify({ 总分: bid.score.toFixed(2), 结论: '通过' }),
  });
}

function reportRecord({ setting, tender }: Story, lot: LotPlan): Draft {
  const { evaluated } = tender.schedule;
  const ranking = lot.candidates.map((bid, index) => `第 ${index + 1} 名 ${bid.bidder.name}，得分 ${bid.score.toFixed(2)}`);
  return draft('EVALUATION_REPORT', evaluated, {
    ...ofLot(tender, lot),
    NOTICE_NAME: `${lot.name}评标报告`,
    EVALUATION_CONTENT: `评标委员会由 ${lot.experts.length} 人组成。${ranking.join('；')}。`,
    END_TIME: stamp(evaluated),
    EVALUATION_RESULT: '3',
    URL: pageUrl(setting.system, `notices/${lot.code}/evaluation`),
    SUBMIT_TIME: stamp(evaluated),
  });
}

function candidateRecord({ tender }: Story, lot: LotPlan, { bid, rank }: { readonly bid: BidPlan; readonly rank: number }): Draft {
  const price = amountOf(lot, bid.priceFen);
  return draft('TENDER_CANDIDATE', tender.schedule.candidates, {
    ...ofLot(tender, lot),
    WIN_CANDIDATE_NAME: bid.bidder.name,
    BIDDER_CODE_TYPE: legalPerson,
    WIN_CANDIDATE_CODE: bid.bidder.creditCode,
    BIDDER_ROLE: roles.bidder,
    WIN_CANDIDATE_ORDER: rank,
    IS_FLOAT_RATE: lot.byRate ? yes : no,
    EVALUATION_RESULT: `综合得分 ${bid.score.toFixed(2)}`,
    PRICE_FORM_CODE: lot.byRate ? '2' : '1',
    BID_PRICE: lot.byRate ? undefined : price.amount,
    OTHER_BID_PRICE: lot.byRate ? rateOf(lot, bid) : undefined,
    PRICE_CURRENCY: renminbi,
    PRICE_UINT: price.unit,
    QUALITY: '合格',
    EVALUATION_STATUS: '响应性评审、详细评审均通过。',
    WIN_CANDIDATE_QUALIFICATION: '满足招标文件资格要求。',
    BIDDER_REGION_CODE: bid.bidder.region,
    BIDDER_PROPERTY: bid.bidder.nature,
  });
}
