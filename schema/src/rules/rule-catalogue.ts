/**
 * The catalogue of rules as a page for people: every rule of every contract, with its ground and its days.
 * @see PROTOCOL.md 7; `npm run generate` writes schema/generated/rules.md
 */
import type { Contract } from '../contract.ts';
import type { DataRule } from './data-rule.ts';
import { kinds } from './kinds.ts';

const head = [
  '# 校验规则目录 · Catalogue of rules',
  '',
  '由 `schema/rules/*.json` 生成，请勿手改。每条规则另有通过与不通过的例子，见该文件。编号永久不变；一条记录按其日期（`DATA_TIMESTAMP`，否则接收时间）适用当时的规则。',
  '*Generated from `schema/rules/*.json`, where each rule has an example that passes and one that fails. Ids are permanent; a record is judged by the rules of its date.*',
  '',
  '“等待”是等所指的记录报来的小时数，期满仍无，再按“拒”或“警”处理。取自公开发布的记录不等、只警。',
  '*«等待» is for how many hours a record waits for the one it points at; after that it is refused or warned. Published records never wait and are only warned.*',
  '',
];

/** @returns Markdown, Chinese first. */
export function ruleCatalogue(rules: readonly DataRule[], contracts: readonly Contract[]): string {
  const chapters = contracts.flatMap(({ name, title }) => {
    const own = rules.filter(({ contract }) => contract === name);
    return own.length === 0 ? [] : [`## ${title} · ${name} (${own.length})`, '', ...tableOf(own), ''];
  });
  return [...head, ...chapters, '## 种类 · Kinds', '', ...kindTable(), ''].join('\n');
}

function tableOf(rules: readonly DataRule[]): readonly string[] {
  return [
    '| 规则 rule | 数据集 dataset | 字段 fields | 拒或警 | 等待 h | 起止 days | 含义 | 依据 ground | 种类 kind |',
    '|---|---|---|---|---|---|---|---|---|',
    ...rules.map((rule) => {
      const fields = [...new Set(rule.search.reads)].map((field) => `\`${field}\``).join(' ');
      const when = rule.when.map(({ code, values }) => `${code}=${values.join('|')}`).join(' ');
      return row([
        `\`${rule.id}\``,
        `\`${rule.dataset}\``,
        when === '' ? fields : `${fields}（当 ${when}）`,
        rule.severity === 'refusal' ? '拒' : '警',
        String(rule.waitHours ?? ''),
        `${rule.validFrom} – ${rule.validUntil ?? ''}`,
        `${rule.messageZh} *${rule.messageEn}*`,
        rule.source,
        rule.kind,
      ]);
    }),
  ];
}

function kindTable(): readonly string[] {
  return ['| 种类 kind | 要求 |', '|---|---|', ...kinds.map(({ name, zh, en }) => row([`\`${name}\``, `${zh} *${en}*`]))];
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
