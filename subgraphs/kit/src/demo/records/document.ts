/**
 * TENDER_FILE_CLARI_MODI and T_ASKANSWER: the tender documents, challenges to them, and what was clarified or put off.
 * @see standard/datasets.json 504, 521
 */
import { type Draft, draft, yuan } from '../draft.ts';
import { type WallClock, stamp } from '../wall-clock.ts';
import { ownCode } from './project.ts';
import { dealCodes, lotCodes, no, pageUrl, renminbi, type Story, yes } from './references.ts';

/** What sets one document record apart from the others of its tender. */
interface Edition {
  readonly at: WallClock;
  readonly name: string;
  readonly clarification: string;
  readonly postponed: boolean;
  readonly page: string;
}

/** @returns The documents, and a clarification where there were inquiries or a postponement. */
export function documentRecords(story: Story): readonly Draft[] {
  const { tender } = story;
  const { schedule } = tender;
  const clarified = tender.postponed || tender.inquiries > 0;
  const editions: readonly Edition[] = [
    {
      at: schedule.documentsFrom,
      name: `${tender.name}招标文件`,
      clarification: '首次发布，无澄清修改。',
      postponed: false,
      page: 'documents',
    },
    ...(clarified
      ? [
          {
            at: schedule.clarification,
            name: `${tender.name}${tender.postponed ? '招标文件修改（延期开标）' : '招标文件澄清'}`,
            clarification: tender.postponed
              ? '开标时间延期，投标保证金有效期相应顺延。'
              : '对潜在投标人提出的问题统一答复，工程量清单第 3 项修改。',
            postponed: tender.postponed,
            page: 'clarification',
          },
        ]
      : []),
  ];
  return editions.map((edition) => documentRecord(story, edition));
}

function documentRecord({ setting, project, tender }: Story, edition: Edition): Draft {
  const { schedule, lots } = tender;
  const fen = lots.reduce((sum, lot) => sum + lot.estimateFen, 0);
  const opening = edition.postponed ? schedule.opening : schedule.announcedOpening;
  const deposit = project.index % 6 !== 0;
  return draft('TENDER_FILE_CLARI_MODI', edition.at, {
    TENDER_PROJECT_CODE: tender.code,
    BID_SECTION_CODE: lotCodes(lots),
    UNIFIED_DEAL_CODES: dealCodes(lots),
    DOC_NO: edition.page === 'documents' ? `${lots[0]?.code ?? ''}Z01` : undefined,
    DOC_NAME: edition.name,
    BID_QUALIFICATION: '具有独立法人资格，资质、业绩和项目负责人要求见招标文件第三章。',
    BID_DOC_REFER_END_TIME: stamp(opening),
    VALID_PERIOD: 90,
    BID_DOC_REFER_METHOD: pageUrl(setting.system, 'bidding'),
    MARGIN_PAY_TYPE: '7',
    PRICE_FORM_CODE: deposit ? '1' : '2',
    MARGIN_AMOUNT: deposit ? yuan(Math.floor(fen / 5_000_000) * 100_000) : undefined,
    MARGIN_CURRENCY: deposit ? renminbi : undefined,
    MARGIN_AMOUNT_UNIT: deposit ? '0' : undefined,
    MARGIN_PERCENT: deposit ? undefined : '招标控制价的 2%',
    CONTROL_PRICE: yuan(fen),
    CONTROL_PRICE_CURRENCY: renminbi,
    CONTROL_PRICE_UNIT: '0',
    EVALUATING_METHOD: project.index % 2 === 0 ? '综合评估法' : '经评审的最低投标价法',
    BID_OPEN_TIME: stamp(opening),
    BID_OPEN_PLACE: `${setting.system.name}第 ${(project.index % 8) + 1} 开标室`,
    BID_OPEN_TYPE: '网上开标',
    QUAL_TYPE: tender.prequalified ? '1' : '2',
    CLARIFY_TIME: stamp(schedule.clarification),
    IS_POSTPONE: edition.postponed ? yes : no,
    POST_OPEN_TIME: edition.postponed ? stamp(schedule.opening) : undefined,
    POST_OPEN_ADDRESS: edition.postponed ? `${setting.system.name}第 1 开标室` : undefined,
    CLARIFY_CONTENT: edition.clarification,
    SUBMIT_TIME: stamp(edition.at),
    URL: pageUrl(setting.system, `notices/${tender.code}/${edition.page}`),
    EVALUATION_TYPE: '1',
  });
}

const questions = [
  ['关于业绩要求的质疑', '业绩要求中的规模指标高于本项目实际规模，请招标人说明理由。', '存在以不合理条件限制潜在投标人的可能。'],
  ['关于工期的质疑', '招标文件第二章与第七章所列工期不一致，请明确以何者为准。', '前后条款不一致，影响报价。'],
  ['关于清单项目特征的质疑', '工程量清单中管材规格与图纸不一致，请予以更正。', '清单与图纸矛盾。'],
] as const;

/** @returns The challenges to a notice; none when nobody was invited to read one. */
export function inquiryRecords({ tender }: Story): readonly Draft[] {
  const asked = tender.invited || tender.prequalified ? 0 : tender.inquiries;
  return questions.slice(0, asked).map(([title, question, reason], index) =>
    draft('T_ASKANSWER', tender.schedule.inquiry + index * 3600, {
      ANN_CODE: `ZY-${tender.code.slice(7)}-${index + 1}`,
      TITLE: title,
      ASK: question,
      ASK_ZY_REASON: reason,
      TM: stamp(tender.schedule.inquiry + index * 3600),
      TYPE: '1',
      NOTICE_NAME: `${tender.name}招标公告`,
      TENDERER_CODE: ownCode(tender.code),
      TENDER_PROJECT_CODE: tender.code,
      BID_SECTION_CODES: lotCodes(tender.lots),
    }),
  );
}
