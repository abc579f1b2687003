/**
 * The rules of a dataset that are data: what is demanded, on what ground, and since when.
 * @see PROTOCOL.md 7; schema/rules/
 */
import type { Dataset } from '../../contract.ts';
import type { DataRule } from '../../rules/data-rule.ts';
import { ruleBook } from '../../rules/rule-book.ts';
import { english } from './labels.ts';
import { type Markup, markup } from './markup.ts';

/** @returns The list under its heading; undefined when the dataset has no such rules. */
export function ruleList({ code, contract }: Dataset): Markup | undefined {
  const rules = ruleBook().rules.filter((rule) => rule.dataset === code && rule.contract === contract);
  if (rules.length === 0) return undefined;
  return markup`<h3>规则 <span class="en" lang="en">Rules</span></h3>
<ul>
${rules.map((rule) => markup`<li><code>${rule.id}</code> ${severityOf(rule)}：${rule.messageZh}${english(rule.messageEn)} <small>${rule.source}，${daysOf(rule)}</small></li>\n`)}</ul>
`;
}

function severityOf({ severity, waitHours }: DataRule): string {
  const what = severity === 'refusal' ? '拒' : '警';
  return waitHours === undefined ? what : `等 ${waitHours} 小时后${what}`;
}

function daysOf({ validFrom, validUntil }: DataRule): string {
  return validUntil === undefined ? `${validFrom} 起` : `${validFrom} 起，${validUntil} 止`;
}
