/**
 * The pages `/quality` and `/quality/SYSTEM/CATEGORY`: how well systems send, trade by trade, by the gateway’s own graph, as
 * whoever opens them may see it. When the exchange is away they say so. A gateway over somebody else’s graph has none.
 * @see README «Pages»; standard/exchange.md 9
 */
import type { IncomingMessage } from 'node:http';

import { type Clock, instantOf } from '@hub/kit/process';
import { type Content, isSystemCode, markup, printInstant } from '@hub/schema';

import type { IdentifyCaller } from '../admit/caller.ts';
import type { Generation } from '../plan/generation.ts';
import type { HttpAnswer } from '../respond/http.ts';
import { hasDictionary } from './dictionary.ts';
import { answerWith, policyFor, writeDocument } from './document.ts';
import { type QualityRange, askCell, askMatrix } from './quality/ask-quality.ts';
import { printCell } from './quality/print-cell.ts';
import { printMatrix } from './quality/print-matrix.ts';
import { printQualityPage } from './quality/shell.ts';
import { measureOf } from './quality/words.ts';
import { askGraph } from './systems/ask-graph.ts';
import { both } from './systems/words.ts';

/** What the pages are made from. */
export interface QualityPageOptions {
  readonly inService: () => Pick<Generation, 'use' | 'partitioned' | 'subgraphs'>;
  readonly identify: IdentifyCaller;
  readonly clock: Clock;
}

const dayMs = 86_400_000;
const usualDays = 30;
const mostDays = 366;
/** A cell of changes that are of no trade. */
const noTrade = '-';

/** @returns What answers a path under `/quality`; undefined when there is nothing. @throws HubError UNAUTHENTICATED */
export function openQualityPage({
  inService,
  identify,
  clock,
}: QualityPageOptions): (path: string, request: IncomingMessage) => Promise<HttpAnswer | undefined> {
  const ask = askGraph(inService);
  const write = async (request: IncomingMessage, status: number, page: { readonly title: string; readonly body: Content }) => {
    const text = printQualityPage({ ...page, now: printInstant(instantOf(clock)) });
    const written = await writeDocument(text, { type: 'text/html', policy: policyFor('') });
    const headers = { ...written.headers, 'cache-control': 'no-store', vary: 'accept-encoding, authorization' };
    const answer = answerWith({ ...written, headers }, request);
    return answer.status === 200 ? { ...answer, status } : answer;
  };
  return async (path, request) => {
    const [, root, system, category, more] = path.replace(/\/$/, '').split('/');
    const isPlace = (system === undefined) === (category === undefined) && more === undefined;
    if (root !== 'quality' || !isPlace || !hasDictionary(inService())) return undefined;
    const { grants } = await identify(request.headers.authorization);
    const parameters = new URL(request.url ?? '/', 'http://gateway').searchParams;
    const range = rangeOf(parameters.get('days'), clock.nowMs());
    if (system === undefined || category === undefined) {
      const told = await askMatrix(ask, range, grants);
      const body = told === undefined ? exchangeAway : printMatrix(told, { range, measure: measureOf(parameters.get('measure')) });
      return write(request, 200, { title: '数据质量', body });
    }
    const trade = category === noTrade ? '' : category;
    if (!isSystemCode(system) || !/^[a-z-]*$/.test(trade)) return write(request, 404, nothing);
    const told = await askCell(ask, { ...range, system, category: trade }, grants);
    const body = told === undefined ? exchangeAway : printCell(told, { ...range, system, category: trade });
    return write(request, told === null ? 404 : 200, { title: `${system} · 数据质量`, body });
  };
}

function rangeOf(asked: string | null, nowMs: number): QualityRange {
  const days = /^\d{1,3}$/.test(asked ?? '') ? Math.min(Math.max(Number(asked), 1), mostDays) : usualDays;
  const day = (ms: number): string => printInstant(instantOf({ nowMs: () => ms })).slice(0, 10);
  return { days, from: day(nowMs - (days - 1) * dayMs), to: day(nowMs) };
}

const exchangeAway = markup`<h1>${both('数据质量', 'Quality')}</h1>
<p class="warn" role="status">${both('数据交换暂时无法连通，质量的数字由它保存，稍后请重新打开本页。', 'The exchange cannot be reached at present; it keeps the figures. Open this page again later.')}</p>`;

const nothing = {
  title: '没有这一格',
  body: markup`<p class="back"><a href="/quality">← ${both('数据质量', 'Quality')}</a></p><h1>${both('没有这一格', 'There is no such cell')}</h1>`,
};
