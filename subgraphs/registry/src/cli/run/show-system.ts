/** `hub system show`: one system with its keys, versions, last checks, and how gateways find it. */
import { HubError } from '@hub/schema';
import { z } from 'zod';

import { table } from '../print/table.ts';
import { moment, orNone } from '../print/words.ts';
import { openSession } from '../session.ts';
import { type RegistryFlags, systemOf } from '../settings.ts';
import { systemFields, systemRows, systemShape } from '../system-fields.ts';
import { answer, type Terminal } from '../terminal.ts';

const shape = z.object({
  system: systemShape.nullable(),
  keys: z.array(
    z.object({
      kid: z.string(),
      contracts: z.array(z.string()).nullable(),
      since: z.string(),
      until: z.string().nullable(),
      valid: z.boolean(),
    }),
  ),
  versions: z.array(
    z.object({
      number: z.number(),
      sha256: z.string(),
      contracts: z.array(z.string()),
      submittedAt: z.string(),
      kid: z.string(),
      current: z.boolean(),
    }),
  ),
  checks: z.array(z.object({ sha256: z.string(), passed: z.boolean(), durationMs: z.number(), checkedAt: z.string() })),
  health: z.array(
    z.object({
      gateway: z.string(),
      ok: z.boolean(),
      reason: z.string().nullable(),
      lastContactAt: z.string().nullable(),
      reportedAt: z.string(),
    }),
  ),
});

const query = `query ($code: String!) { system(code: $code) { ${systemFields} }
  keys(system: $code) { kid contracts since until valid }
  versions(system: $code) { number sha256 contracts submittedAt kid current }
  checks(system: $code, last: 5) { sha256 passed durationMs checkedAt }
  health(system: $code) { gateway ok reason lastContactAt reportedAt } }`;

/** @throws HubError SYSTEM_UNKNOWN, and as asking the registry does. */
export async function showSystem(code: string | undefined, flags: RegistryFlags, terminal: Terminal): Promise<void> {
  const { ask, settings } = await openSession(flags, terminal, code);
  const wanted = systemOf(settings);
  const { system, ...about } = await ask({ query, variables: { code: wanted } }, shape);
  if (system === null) {
    throw new HubError('SYSTEM_UNKNOWN', {
      zh: `没有登记过代码为 ${wanted} 的交易系统。`,
      en: `No trading system ${wanted} is registered.`,
    });
  }
  const text = [
    ...table(systemRows(system)),
    ...section('密钥 keys', ['密钥 key', '有效 valid', '自 since', '至 until', '可提供 may serve'], about.keys.map(keyRow)),
    ...section(
      '版本 versions',
      ['编号 number', '现行 current', '提交 submitted', '契约 contracts', 'SHA-256'],
      about.versions.map((version) => [
        String(version.number),
        yesNo(version.current),
        moment(version.submittedAt),
        version.contracts.join(' '),
        version.sha256,
      ]),
    ),
    ...section(
      '检查 checks',
      ['时间 when', '通过 passed', '用时 ms', 'SHA-256'],
      about.checks.map((check) => [moment(check.checkedAt), yesNo(check.passed), String(check.durationMs), check.sha256]),
    ),
    ...section(
      '健康 health',
      ['网关 gateway', '作答 answers', '原因 reason', '上次作答 last answer', '报告 reported'],
      about.health.map((seen) => [seen.gateway, yesNo(seen.ok), orNone(seen.reason), moment(seen.lastContactAt), moment(seen.reportedAt)]),
    ),
  ];
  answer(terminal, flags.format, { kind: 'system', json: { system, ...about }, text });
}

function keyRow({ kid, contracts, valid, since, until }: z.output<typeof shape>['keys'][number]): readonly string[] {
  return [kid, yesNo(valid), moment(since), moment(until), contracts === null ? '全部 all' : contracts.join(' ')];
}

function section(title: string, head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return rows.length === 0 ? [] : ['', `${title}:`, ...table([head, ...rows]).map((line) => `  ${line}`)];
}

function yesNo(is: boolean): string {
  return is ? '是 yes' : '否 no';
}
