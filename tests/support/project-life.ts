/**
 * The life of one tender project as a system sends it: project, sections, notice, opening, bids, results. Handmade, for the
 * stories that are told with whole answers.
 */
import type { WireRecord } from '@hub/schema';

import { unifiedDealCode } from './wire-values.ts';

/** One company. */
export interface Company {
  readonly name: string;
  readonly code: string;
}

/** One section and who won it. */
export interface SectionLife {
  readonly name: string;
  readonly place: string;
  readonly reference: string;
  /** Undefined: nobody has won it yet. */
  readonly award?: { readonly winner: Company; readonly price: string; readonly at: string };
}

/** One tender project. */
export interface ProjectLife {
  /** Two digits, different for every project of a province. */
  readonly number: string;
  readonly name: string;
  readonly region: string;
  readonly publishedAt: string;
  readonly openedAt: string;
  readonly tenderer: Company;
  readonly bidders: readonly Company[];
  readonly sections: readonly SectionLife[];
  /** Where it was registered. */
  readonly platform: { readonly platform: string; readonly tradePlat: string };
}

/** @returns Code of the tender project. */
export function projectCode(number: string): string {
  return `E9901000001${number}00000001`.slice(0, 20);
}

/** @returns Code of its section, counted from 1. */
export function sectionCode(number: string, section: number): string {
  return `${projectCode(number)}00${section}`;
}

/** @returns All records of the project's life. */
export function projectLife(life: ProjectLife): readonly WireRecord[] {
  const { number, name, region, publishedAt, openedAt, tenderer, sections } = life;
  const project = projectCode(number);
  const lots = sections.map((_, index) => sectionCode(number, index + 1));
  const common = { PLATFORM_CODE: life.platform.platform, TRADE_PLAT: life.platform.tradePlat, TENDER_PROJECT_CODE: project };
  const record = (dataset: string, dataKey: string | undefined, fields: Readonly<Record<string, string>>): WireRecord => ({
    dataset,
    dataKey,
    op: 'put',
    fields: { ...common, ...fields },
  });
  return [
    record('TENDER_PROJECT', undefined, {
      TENDER_PROJECT_NAME: name,
      REGION_CODE: region,
      CREATE_TIME: publishedAt,
      TENDERER_NAME: tenderer.name,
      TENDERER_CODE: tenderer.code,
    }),
    ...sections.map(({ name: section, place, reference }, index) =>
      record('SECTION', undefined, {
        BID_SECTION_CODE: lots[index] ?? '',
        UNIFIED_DEAL_CODE: unifiedDealCode(Number(`${number}${index}`)),
        BID_SECTION_NAME: section,
        REGION_CODE: region,
        TRA_PLACE_CODE: place,
        CONTRACT_RECKON_PRICE: reference,
        CURRENCY_CODE: '156',
        PRICE_UNIT: '1',
      }),
    ),
    record('TENDER_ANN_QUA_INQUERY_ANN', `notice-${number}`, {
      NOTICE_NAME: `${name}招标公告`,
      BID_SECTION_CODES: lots.join(';'),
      BULLETIN_TYPE: '1',
      NOTICE_SEND_TIME: publishedAt,
      BID_OPEN_TIME: openedAt,
      NOTICE_CONTENT: `<p>${name}</p>`,
    }),
    // Nobody records an opening before it was.
    ...(sections.some(({ award }) => award !== undefined)
      ? [
          record('BID_OPENING_RECORD', `opening-${number}`, {
            NOTICE_NAME: `${name}开标记录`,
            BID_SECTION_CODES: lots.join(';'),
            BID_OPENING_TIME: openedAt,
            BID_OPENING_CONTENT: '唱标内容',
          }),
        ]
      : []),
    ...lots.flatMap((lot, index) => [...bids(life, lot, record), ...result(life, { lot, index }, record)]),
  ];
}

type Write = (dataset: string, dataKey: string, fields: Readonly<Record<string, string>>) => WireRecord;

function bids({ number, bidders }: ProjectLife, lot: string, record: Write): readonly WireRecord[] {
  return bidders.map((bidder, place) =>
    record('TENDER_LIST', `bid-${number}-${lot.slice(-3)}-${place}`, {
      BID_SECTION_CODE: lot,
      BIDDER_NAME: bidder.name,
      BIDDER_ORG_CODE: bidder.code,
      BID_PRICE: `${100 + place}`,
      PRICE_UNIT: '1',
      PRICE_FORM_CODE: '1',
    }),
  );
}

function result(
  { number, name, region, sections }: ProjectLife,
  { lot, index }: { readonly lot: string; readonly index: number },
  record: Write,
): readonly WireRecord[] {
  const section = sections[index];
  if (section?.award === undefined) return [];
  const { winner, price, at } = section.award;
  return [
    record('WIN_RESULT_ANNO', `result-${number}-${index + 1}`, {
      NOTICE_NAME: `${name}中标结果公告`,
      BID_SECTION_CODE: lot,
      NOTICE_SEND_TIME: at,
      REGION_CODE: region,
      TRA_PLACE_CODE: section.place,
      WIN_BIDDER_NAME: winner.name,
      WIN_BIDDER_CODE: winner.code,
      BID_AMOUNT: price,
      BID_CURRENCY: '156',
      PRICE_UNIT: '1',
      PRICE_FORM_CODE: '1',
      NOTICE_CONTENT: `<p>${section.name}</p>`,
    }),
  ];
}
