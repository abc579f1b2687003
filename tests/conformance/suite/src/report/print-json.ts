/**
 * The report as JSON, for programs: `format` and `version` come first.
 */
import { type Report, countsOf } from './report.ts';

/** @returns The report with its counts. */
export function printJson(report: Report): string {
  const { format, version, ...rest } = report;
  return `${JSON.stringify({ format, version, counts: countsOf(report.results), ...rest }, null, 2)}\n`;
}
