/**
 * The audits, in the order they run: what others rest on comes first. A new one is one entry of its family's list, a new family
 * one file and one line here.
 */
import type { Audit } from './audit.ts';
import { cursorAudits } from './audits/cursors.ts';
import { entityAudits } from './audits/entities.ts';
import { errorAudits } from './audits/errors.ts';
import { feedAudits } from './audits/feed.ts';
import { filterAudits } from './audits/filters.ts';
import { httpAudits } from './audits/http.ts';
import { latencyAudits } from './audits/latency.ts';
import { orderAudits } from './audits/order.ts';
import { pageAudits } from './audits/pages.ts';
import { recordAudits } from './audits/records.ts';
import { relationAudits } from './audits/relations.ts';
import { sdlAudits } from './audits/sdl.ts';
import { sealAudits } from './audits/sealing.ts';
import { statisticsAudits } from './audits/statistics.ts';
import { trustAudits } from './audits/trust.ts';
import { valueAudits } from './audits/values.ts';

/** Every audit of the suite. */
export const audits: readonly Audit[] = [
  ...httpAudits,
  ...sdlAudits,
  ...recordAudits,
  ...valueAudits,
  ...entityAudits,
  ...orderAudits,
  ...cursorAudits,
  ...pageAudits,
  ...filterAudits,
  ...statisticsAudits,
  ...relationAudits,
  ...sealAudits,
  ...trustAudits,
  ...feedAudits,
  ...latencyAudits,
  ...errorAudits,
];
