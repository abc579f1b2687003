/**
 * What systems that have nothing but the board send there themselves: notices with hostile HTML, deals with a number of
 * bidders.
 * @see schema/contracts/board.graphql
 */
import { law } from '@hub/schema';

import { moments } from './lots.ts';
import type { Numbering } from './numbering.ts';
import type { PlanOptions, PlannedRecord } from './plan.ts';
import { companies, wireTime } from './tellings.ts';
import { plantValues } from './values.ts';

/** HTML that must not reach a portal as it is; every piece that could act names itself. */
const hostileHtml = [
  '<p onclick="hostile()">一、<b>项目</b>概况</p>',
  '<script>hostile()</script>',
  '<img src=x onerror=hostile()>',
  '<svg onload=hostile()><animate onbegin=hostile()></svg>',
  '<iframe srcdoc="<script>hostile()</script>"></iframe>',
  '<a href="java&#9;script:hostile()">链接</a><a href="JaVaScRiPt:hostile()">链接</a><a href="data:text/html,hostile">链接</a>',
  '<a href="https://portal.example/notice?id=1" target="_blank" rel="opener">原文</a>',
  '<style>p { background: url(hostile) }</style><p style="position:fixed;background:url(hostile)">二</p>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=hostile()&gt;">',
  '<form action="https://hostile.example"><input name="p"><button>提交</button></form>',
  '<base href="https://hostile.example/"><meta http-equiv="refresh" content="0;url=https://hostile.example">',
  '<object data="hostile"></object><embed src="hostile"><link rel="stylesheet" href="hostile">',
  '<noscript><p title="</noscript><img src=x onerror=hostile()>"></noscript>',
  '<table><tr><td colspan="2">三</td></tr></table>',
].join('');

/** Times at which such a deal's bids are opened. */
const openings = [moments.past, moments.opening, moments.postponed, undefined] as const;

/** @returns Notices and deals of the board's own wire form. */
export function planBoard({ system, place, codes, numbering }: PlanOptions & { readonly numbering: Numbering }): readonly PlannedRecord[] {
  const categories = law().contracts.flatMap(({ contract }) => contract.category ?? []);
  const datasets = law().contracts.flatMap(({ contract }) => (contract.name === 'board' ? contract.datasets : []));
  return datasets.flatMap((dataset) =>
    openings.flatMap((opensMs, index) => {
      const { fields, secrets } = plantValues(dataset, {
        system: system.code,
        codes,
        at: `sent to the board, ${index}`,
        codesOf: () => undefined,
        company: companies[index % companies.length] ?? '',
        told: {
          HTML: hostileHtml,
          LOT_CODE: `OWN-${place}-${index}`,
          STAGE: 'TENDER',
          CATEGORY: categories[index % categories.length] ?? '',
          STATE: 'AWARDED',
        },
        times: { opensAt: wireTime(opensMs), decidedAt: wireTime(moments.past) },
        // An award whose opening nobody told is opened when it was decided.
        fromMs: () => opensMs ?? moments.past,
        joined: false,
        number: (readable) => numbering.next(readable),
      });
      const record = { dataset: dataset.code, dataKey: `own-${index}`, op: 'put', fields } as const;
      const first: PlannedRecord = { dataset, secrets, fromMs: 0, record };
      // Told again for every bid that comes in: how often, and what, is for nobody to know.
      const fromMs = opensMs ?? 0;
      const again = dataset.type === 'Deal' && numbering.isOtherwise({ reader: 'PUBLIC', fromMs });
      return again ? [first, { ...first, fromMs, record: { ...record, fields: { ...fields, BIDDER_COUNT: '3' } } }] : [first];
    }),
  );
}
