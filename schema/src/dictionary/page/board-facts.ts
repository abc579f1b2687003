/**
 * What of a dataset appears on the board: as a notice, as part of a lot's deal.
 * @see schema/directives.graphql @notice, @deal
 */
import type { BoardMapping, Dataset } from '../../contract.ts';
import { type Content, between, markup } from './markup.ts';

/** What @notice and @deal fill, in Chinese. */
const targets: ReadonlyMap<string, string> = new Map([
  ['stage', '环节'],
  ['stageBy', '环节取自'],
  ['stages', '环节对照'],
  ['title', '标题'],
  ['category', '类别'],
  ['publishedAt', '发布时间'],
  ['html', '正文'],
  ['sourceUrl', '原文网址'],
  ['region', '所在地'],
  ['tradingPlace', '交易地'],
  ['lot', '标的'],
  ['lots', '标的'],
  ['lotIn', '标的所在项目'],
  ['lotsIn', '标的所在项目'],
  ['project', '项目'],
  ['isLot', '本行即标的'],
  ['count', '一行一个投标人'],
  ['bidderCount', '投标人数'],
  ['each', '一行一个成交人'],
  ['otherwise', '让位于其他决定'],
  ['unifiedDealCode', '统一交易标识码'],
  ['principals', '项目单位'],
  ['winners', '成交人'],
  ['reference', '底价'],
  ['price', '成交价'],
  ['decidedAt', '决定时间'],
  ['opensAt', '开启时间'],
  ['opensUnless', '不计开启时间'],
  ['state', '状态'],
  ['stateBy', '状态取自'],
  ['states', '状态对照'],
]);

/** @returns Terms and what is said; none when the dataset does not appear there. */
export function boardFacts({ notice, deal }: Dataset): readonly (readonly [string, Content])[] {
  return [
    ...(notice === undefined ? [] : [['作为公告 Notice', mapping(notice)] as const]),
    ...(deal === undefined ? [] : [['计入交易 Deal', mapping(deal)] as const]),
  ];
}

function mapping(values: BoardMapping): Content {
  return between(
    ' · ',
    Object.entries(values).map(
      ([target, source]) => markup`${targets.get(target) ?? target} ← <code title="${target}">${printSource(source)}</code>`,
    ),
  );
}

function printSource(source: BoardMapping[string]): string {
  if (typeof source === 'string') return source;
  return typeof source === 'boolean' ? String(source) : source.join(' ');
}
