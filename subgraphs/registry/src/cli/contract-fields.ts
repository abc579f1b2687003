/**
 * Contracts and their releases as the commands ask for them and show them.
 * @see ../control/control.graphql
 */
import { z } from 'zod';

import { plain } from './print/table.ts';
import { worded } from './print/words.ts';

/** What is asked of a release. */
export const releaseFields = 'number state base note proposedBy proposedAt approvedBy approvedAt rejectedBy reason inForceAt needsApproval';

/** A release as the registry answers it. */
export const releaseShape = z.object({
  number: z.number(),
  state: z.string(),
  base: z.number().nullable(),
  note: z.string().nullable(),
  proposedBy: z.string(),
  proposedAt: z.string(),
  approvedBy: z.string().nullable(),
  approvedAt: z.string().nullable(),
  rejectedBy: z.string().nullable(),
  reason: z.string().nullable(),
  inForceAt: z.string().nullable(),
  needsApproval: z.boolean(),
});

/** What is asked of a comparison. */
export const contractCheckFields = `passed identical needsApproval base durationMs
  findings { code severity contract element line column messageZh messageEn }
  changes { code severity contract element line column messageZh messageEn remedyZh remedyEn system blocks
    usage { operations clients requests lastDay } }`;

const findingShape = z.object({
  code: z.string(),
  severity: z.string(),
  contract: z.string(),
  element: z.string(),
  line: z.number(),
  column: z.number(),
  messageZh: z.string(),
  messageEn: z.string(),
});

const changeShape = findingShape.extend({
  contract: z.string().nullable(),
  remedyZh: z.string(),
  remedyEn: z.string(),
  system: z.string().nullable(),
  blocks: z.boolean(),
  usage: z.object({ operations: z.number(), clients: z.array(z.string()), requests: z.number(), lastDay: z.string() }).nullable(),
});

/** A comparison as the registry answers it. */
export const contractCheckShape = z.object({
  passed: z.boolean(),
  identical: z.boolean(),
  needsApproval: z.boolean(),
  base: z.number(),
  durationMs: z.number(),
  findings: z.array(findingShape),
  changes: z.array(changeShape),
});

/** What a comparison said. */
export type ContractCheck = z.output<typeof contractCheckShape>;

/** @returns Findings and changes as a compiler prints them, and a line on all. */
export function contractCheckLines({
  passed,
  identical,
  needsApproval,
  base,
  findings,
  changes,
  durationMs,
}: ContractCheck): readonly string[] {
  const breaking = changes.filter(({ severity }) => severity === 'BREAKING').length;
  const verdict = identical
    ? '与现行相同 identical'
    : passed
      ? needsApproval
        ? '! 须第二个人批准 takes a second person'
        : '✓ 可直接生效 may come in force at once'
      : '✗ 不得提出 refused';
  return [
    ...findings.flatMap((finding) => [`${place(finding)} ${finding.messageZh}`, `    ${finding.messageEn}`]),
    ...changes.flatMap((change) => [
      `${place(change)} ${change.messageZh} 改法：${change.remedyZh}`,
      `    ${change.messageEn} Remedy: ${change.remedyEn}`,
      ...usageLines(change),
    ]),
    `${verdict}：对照发布 ${base}，问题 ${findings.length} 处，变更 ${changes.length} 处（破坏 ${breaking}）  ${findings.length} findings, ${changes.length} changes, ${breaking} breaking (${durationMs} ms)`,
  ].map(plain);
}

type Placed = Pick<ContractCheck['changes'][number], 'code' | 'severity' | 'contract' | 'element' | 'line' | 'column'>;

function place({ code, severity, contract, element, line, column }: Placed): string {
  const file = contract === null || contract === '' ? '-' : `${contract}.graphql`;
  return `${file}:${line}:${column}: ${worded(severity)} ${code}${element === '' ? '' : ` ${element}`}`;
}

function usageLines({ usage, blocks }: ContractCheck['changes'][number]): readonly string[] {
  if (usage === null) return [];
  const { operations, clients, requests, lastDay } = usage;
  const stop = blocks ? '；须第二个人批准 takes a second person' : '';
  return [`    在用 in use：${operations} 种操作 operations，${requests} 次 requests，末次 last ${lastDay}，${clients.join(' ')}${stop}`];
}
