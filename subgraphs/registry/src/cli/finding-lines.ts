/**
 * Findings as a compiler prints them: where, how grave, which, of what, why and what to do; all at once.
 * @see ../checks/finding.ts
 */
import { z } from 'zod';

import type { Finding } from '../checks/finding.ts';
import { plain } from './print/table.ts';
import { worded } from './print/words.ts';

/** What is asked of a finding. */
export const findingFields = 'code severity element line column messageZh messageEn remedyZh remedyEn';

/** A finding as the registry answers it. */
export const findingShape = z.object({
  code: z.string(),
  severity: z.enum(['REFUSAL', 'WARNING']),
  element: z.string(),
  line: z.number(),
  column: z.number(),
  messageZh: z.string(),
  messageEn: z.string(),
  remedyZh: z.string(),
  remedyEn: z.string(),
});

/** @param file - That was judged, as the caller wrote it. @returns The first line holds all that a program looks for. */
export function findingLines(file: string, finding: Finding): readonly string[] {
  const { code, severity, element, line, column, messageZh, messageEn, remedyZh, remedyEn } = finding;
  const about = element === '' ? '' : ` ${element}`;
  return [
    `${file}:${line}:${column}: ${worded(severity)} ${code}${about} ${messageZh} 改法：${remedyZh}`,
    `    ${messageEn} Remedy: ${remedyEn}`,
  ].map(plain);
}

/** @returns How many of each. */
export function countFindings(findings: readonly Finding[]): { readonly refusals: number; readonly warnings: number } {
  const refusals = findings.filter(({ severity }) => severity === 'REFUSAL').length;
  return { refusals, warnings: findings.length - refusals };
}

/** @returns One line on all of them. */
export function countLine(findings: readonly Finding[]): string {
  const { refusals, warnings } = countFindings(findings);
  const codes = [...new Set(findings.map(({ code }) => code))];
  const hint = codes.length === 0 ? '' : `；hub explain ${codes[0]} 有说明 explains`;
  return `拒收 ${refusals} 处，提示 ${warnings} 处  ${refusals} refusals, ${warnings} warnings${hint}`;
}
