/**
 * Dirt in texts: titles cut short or with codes in them, placeholders as names, pages with scripts, one notice under two ids.
 * @see standard/exchange.md 10
 */
import { type DirtRule, replaced } from './dirt-rule.ts';

const titleCharacters = 22;
/** What pages bring along and nobody may be shown: scripts, handlers, frames, addresses that run code. */
const unsafe = [
  '<script>document.title="demo"</script>',
  '<p onclick="alert(1)">点击查看附件</p>',
  '<iframe src="https://frame.example/"></iframe>',
  '<a href="javascript:alert(1)">下载</a>',
  '<img src="x" onerror="alert(1)"><style>p{display:none}</style>',
] as const;

export const textDirt = {
  truncatedTitle: {
    seen: 'lists that cut titles',
    on: ['TENDER_ANN_QUA_INQUERY_ANN'],
    share: 0.03,
    effect: 'none',
    // By characters: a cut between two halves of one would be no text at all.
    spoil: (fields) => replaced(fields, 'NOTICE_NAME', (title) => `${[...title].slice(0, titleCharacters).join('')}...`),
  },
  codeInTitle: {
    seen: 'the lot code inside a title',
    on: ['WIN_RESULT_ANNO'],
    share: 0.03,
    effect: 'none',
    spoil: (fields) => replaced(fields, 'NOTICE_NAME', (title) => `${title}${fields['BID_SECTION_CODE'] ?? ''}`),
  },
  noSectionName: {
    seen: '«无标段» as the name of a lot',
    on: ['SECTION'],
    share: 0.03,
    effect: 'none',
    spoil: (fields) => ({ ...fields, BID_SECTION_NAME: '无标段' }),
  },
  unsafeHtml: {
    seen: 'pages stored as they came',
    on: ['TENDER_ANN_QUA_INQUERY_ANN', 'TENDER_CANDIDATE_ANNOUNCE', 'WIN_RESULT_ANNO'],
    share: 0.05,
    effect: 'none',
    spoil: (fields, random) => {
      const spoilt = (html: string): string => `${random.pick(unsafe)}${html}${random.pick(unsafe)}`;
      return replaced(replaced(fields, 'NOTICE_CONTENT', spoilt), 'PUBLICITY_CONTENT', spoilt);
    },
  },
  sameNoticeTwice: {
    seen: 'one notice under two ids',
    on: ['TENDER_ANN_QUA_INQUERY_ANN', 'TENDER_CANDIDATE_ANNOUNCE'],
    share: 0.02,
    effect: 'none',
    spoil: (fields) => fields,
    twin: true,
  },
} as const satisfies Record<string, DirtRule>;
