/**
 * The forms a report is printed in.
 */
import { printHtml } from './print-html.ts';
import { printJson } from './print-json.ts';
import { printJunit } from './print-junit.ts';
import { printText } from './print-text.ts';
import type { Report } from './report.ts';

/** Every form by its name on a command line. */
export const reportForms = { text: printText, json: printJson, junit: printJunit, html: printHtml } as const satisfies Readonly<
  Record<string, (report: Report) => string>
>;

/** Name of a form. */
export type ReportForm = keyof typeof reportForms;

/** Whether a text is the name of a form. */
export function isReportForm(name: string): name is ReportForm {
  return Object.hasOwn(reportForms, name);
}
