/** The conformance suite's door: audits of one endpoint, and the report in four forms. */
export type { Audit, Fault, Level, Words } from './audit.ts';
export { audits } from './audits.ts';
export { type Signer, keySigner } from './ask/signer.ts';
export { type ReportForm, isReportForm, reportForms } from './report/print-report.ts';
export { resultLine } from './report/print-text.ts';
export { type Outcome, type Report, type Result, type Verdict } from './report/report.ts';
export { type Progress, type SuiteOptions, runSuite, suiteVersion } from './suite.ts';
