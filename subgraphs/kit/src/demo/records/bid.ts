/**
 * TENDER_LIST, LETTER_OF_GUARANTEE, BID_DOC_CHARACT_CODE: who bids, under which guarantee, from which machine. All of it is
 * sealed until the opening and sent before it.
 * @see standard/datasets.json 507, 519, 523
 */
import { type Draft, draft, tenThousandYuan, yuan } from '../draft.ts';
import type { BidPlan, LotPlan } from '../plan-lot.ts';
import { randomFrom } from '../random.ts';
import { dayS, stamp } from '../wall-clock.ts';
import { amountOf, leadClient, legalPerson, no, ofLot, pageUrl, phone, renminbi, roles, type Story, yes } from './references.ts';

/** @returns What is sent for each bid of a lot. */
export function bidRecords(story: Story, lot: LotPlan): readonly Draft[] {
  return lot.bids.flatMap((bid, index) => [
    bidRecord(story, lot, bid),
    ...(bid.guaranteed ? [guaranteeRecord(story, lot, bid)] : []),
    ...(lot.fingerprinted ? [fingerprintRecord(story, lot, { bid, index })] : []),
  ]);
}

/** @returns The discount of a bid against the estimate, as a rate in words. */
export function rateOf(lot: LotPlan, bid: BidPlan): string {
  return `下浮率 ${(100 - (bid.priceFen * 100) / lot.estimateFen).toFixed(2)}%`;
}

function bidRecord({ tender }: Story, lot: LotPlan, bid: BidPlan): Draft {
  const { bidder, partner, manager } = bid;
  const price = amountOf(lot, bid.priceFen);
  const paidAt = bid.submittedAt - 1800;
  return draft('TENDER_LIST', bid.submittedAt, {
    ...ofLot(tender, lot),
    BIDDER_NAME: bidder.name,
    IS_LOST: no,
    BIDDER_CODE_TYPE: legalPerson,
    BIDDER_ORG_CODE: bidder.creditCode,
    BIDDER_ROLE: roles.bidder,
    BID_MANAGER: manager.name,
    PM_CODE: manager.idCard,
    PM_CERTIFICATES: `一级注册建造师 示${manager.idCard.slice(-6, -1)}`,
    MARGIN_PAY_FORM: bid.guaranteed ? '7' : undefined,
    PRICE_FORM_CODE: lot.byRate ? '2' : '1',
    OTHER_BID_PRICE: lot.byRate ? rateOf(lot, bid) : undefined,
    MARGIN_RECEIVE_TIME: stamp(paidAt),
    ...(partner === undefined
      ? {}
      : {
          UNION_ENTERPRISE_NAME: `${bidder.name};${partner.name}`,
          UNION_ORGAN_SET_CODE: `${bidder.creditCode};${partner.creditCode}`,
          UNION_CONTACT_NAME: '某甲;某乙',
          UNION_CONTACT_PHONE: `${phone(bidder.creditCode)};${phone(partner.creditCode)}`,
        }),
    BID_PRICE: lot.byRate ? undefined : price.amount,
    PRICE_CURRENCY: lot.byRate ? undefined : renminbi,
    PRICE_UNIT: lot.byRate ? undefined : price.unit,
    TIME_LIMIT: bid.termDays,
    CHECKIN_TIME: stamp(bid.submittedAt),
    IS_COMMIT_MARGIN: yes,
    BIDDER_REGION_CODE: bidder.region,
    BIDDER_PROPERTY: bidder.nature,
    BIDDER_OPERATION_PERSON: manager.name,
    BIDDER_OPERATION_PERSON_ID: manager.idCard,
    BIDDER_OPERATION_PERSON_CON: phone(manager.idCard),
  });
}

function guaranteeRecord({ setting, tender }: Story, lot: LotPlan, bid: BidPlan): Draft {
  const random = randomFrom(`${setting.seed}/${lot.code}/${bid.bidder.creditCode}/guarantee`);
  const issuedAt = bid.submittedAt - random.whole(1, 20) * 3600;
  const depositFen = Math.floor(lot.estimateFen / 5_000_000) * 100_000 + 100_000;
  const paid = stamp(issuedAt - 1800);
  const number = `BH${stamp(issuedAt)}${random.whole(1000, 9999)}`;
  return draft('LETTER_OF_GUARANTEE', issuedAt, {
    ...ofLot(tender, lot),
    BIDDER_NAME: bid.bidder.name,
    BIDDER_ORG_CODE: bid.bidder.creditCode,
    GUARANTEE_FORM: random.chance(0.9) ? '2' : '1',
    GUARANTEE_TYPE: random.pick(['1', '2', '3', '3']),
    GUARANTEE_NO: number,
    GUARANTEE_STATUS: '已生效',
    BENEFICIARY: leadClient(tender).name,
    INSURER: random.pick(setting.names.insurers),
    GUARANTEE_AMOUNT: tenThousandYuan(depositFen),
    GUARANTEE_COST: yuan(Math.max(20_000, Math.round(depositFen / 200))),
    CREATE_TIME: stamp(issuedAt - 3600),
    BEGIN_TIME: stamp(issuedAt),
    END_TIME: stamp(issuedAt + 120 * dayS),
    PAYMENT_METHOD: '转账',
    PAYMENT_TIME: paid,
    LETTER_TIME: stamp(issuedAt),
    RATE: '0.5',
    PURCHASE_METHOD: '转账',
    PURCHASE_TIME: paid,
    PURCHASE_ACCOUN: `DEMO-${bid.bidder.creditCode.slice(8)}`,
    PROPOSER: bid.manager.name,
    PROPOSER_PHONE: phone(bid.manager.idCard),
    PROPOSER_CARD_TYPE: '01',
    PROPOSER_CODE: bid.manager.idCard,
    GUARANTEE_URL: pageUrl(setting.system, `guarantees/${number}`),
    GUARANTEE_MD5: random.hex(32),
  });
}

function fingerprintRecord(
  { setting, tender }: Story,
  lot: LotPlan,
  { bid, index }: { readonly bid: BidPlan; readonly index: number },
): Draft {
  const random = randomFrom(`${setting.seed}/${lot.code}/${bid.bidder.creditCode}/fingerprint`);
  return draft('BID_DOC_CHARACT_CODE', bid.submittedAt, {
    TENDER_PROJECT_CODE: tender.code,
    BID_SECTION_CODE: lot.code,
    UNIFIED_DEAL_CODES: lot.dealCode,
    BIDDER_NAME: bid.bidder.name,
    BIDDER_CODE_TYPE: legalPerson,
    BIDDER_ORG_CODE: bid.bidder.creditCode,
    BIDDER_ROLE: roles.bidder,
    BID_DOCUMENT_NAME: `投标文件${index + 1}.pdf`,
    BID_DOCUMENT_SIDE: `${random.whole(2, 180)}MB`,
    BID_DOCUMENT_MD5: random.hex(32),
    TENDER_DOC_SUBMITTIME: stamp(bid.submittedAt),
    CPU_ID: `DEMO${random.hex(12).toUpperCase()}`,
    HARD_DISK_SERIAL_NUMBER: `DEMO-${random.hex(8)};DEMO-${random.hex(8)}`,
    MEMORY_SERIAL_NUMBER: `DEMO-${random.hex(8)}`,
    // TEST-NET-2 and a locally administered address: nobody's machine.
    NET_ID: `198.51.100.${random.whole(1, 254)}`,
    MAC_ADDRESS: `02-${Array.from({ length: 5 }, () => random.hex(2)).join('-')}`,
    TENDER_DOCUMENTS_URL: pageUrl(setting.system, `bids/${lot.code}/${index + 1}`),
  });
}
