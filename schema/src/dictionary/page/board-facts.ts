/**
 * What of a dataset appears on the board: as a notice, as part of a lot's deal.
 * @see schema/directives.graphql @notice, @deal
 */
import type { BoardMapping, Dataset } from '../../contract.ts';
import { type Content, between, markup } from './markup.ts';

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
    Object.entries(values).map(([target, source]) => markup`${target} ← <code>${printSource(source)}</code>`),
  );
}

function printSource(source: BoardMapping[string]): string {
  if (typeof source === 'string') return source;
  return typeof source === 'boolean' ? String(source) : source.join(' ');
}
