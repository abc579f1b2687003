/**
 * Reads a JSON search API: windows of time from the oldest to now, each split until the portal gives it whole, then the detail
 * of each row. A pass over all rows begins at the call's first day, changes begin some days before what was read last.
 * @see subgraphs/bridge/README.md «门户 · Portals»
 */
import { HubError } from '@hub/schema';

import { type Entry, type PortalSource, entryName } from '../mapping/mapping.ts';
import type { PortalCall } from '../mapping/portal-call.ts';
import { printTime, resolutionMs } from '../mapping/time-format.ts';
import { rowKey } from '../mapping/map-row.ts';
import type { Reader, ReadBatch, ReadRequest, Row } from '../read/reader.ts';

import { type AskPortal, portalAsker } from './ask-portal.ts';
import { flatten, pairsOf, valuesAt } from './flatten.ts';
import { type Window, readWindow } from './read-window.ts';

const dayMs = 86_400_000;

/** What a reader needs besides its source. */
export interface PortalOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly nowMs: () => number;
}

export function openPortalReader(source: PortalSource, { headers, nowMs }: PortalOptions): Reader {
  const ask = portalAsker(source, headers);
  return {
    columns: async () => undefined,
    mark: async () => new Date(nowMs()).toISOString(),
    read: (entry, request) => readCall(ask, entry, { call: callOf(source, entry), request, nowMs: nowMs() }),
    [Symbol.asyncDispose]: async () => {},
  };
}

function callOf({ calls }: PortalSource, entry: Entry): PortalCall {
  const call = Object.hasOwn(calls, entry.from) ? calls[entry.from] : undefined;
  if (call !== undefined) return call;
  throw new HubError('CONFIG_INVALID', {
    zh: `映射 ${entryName(entry)} 的 from（${entry.from}）不是 source.calls 中的名称。`,
    en: `«from» of ${entryName(entry)} (${entry.from}) names no call of the source.`,
  });
}

interface Reading {
  readonly call: PortalCall;
  readonly request: ReadRequest;
  readonly nowMs: number;
}

async function* readCall(ask: AskPortal, entry: Entry, { call, request, nowMs }: Reading): AsyncGenerator<ReadBatch> {
  const { pass, from, batchRows } = request;
  const sinceMs = Date.parse(`${call.since}T00:00:00+08:00`);
  const fromMs = from === undefined ? sinceMs : Date.parse(from) - (pass === 'changes' ? call.overlapDays * dayMs : 0);
  const unitMs = resolutionMs(call.list.timeFormat);
  const windows = windowsOf(
    { fromMs: Math.max(sinceMs, floor(fromMs, unitMs)), toMs: floor(nowMs, unitMs) + unitMs },
    call.windowDays * dayMs,
  );
  while (windows.length > 0) {
    const window = windows.shift() ?? { fromMs: 0, toMs: 0 };
    const { rows, complete, total } = await readWindow(ask, call, {
      window,
      keyOf: (row) => rowKey(entry.key, row) ?? JSON.stringify(row),
    });
    if (!complete) {
      const halves = halvesOf(window, unitMs);
      if (halves.length === 0) throw cutShort(entry, call, { window, total, given: rows.length });
      windows.unshift(...halves);
      continue;
    }
    for (let place = 0; place < rows.length; place += batchRows) {
      const batch = await withDetails(ask, call, rows.slice(place, place + batchRows));
      // Only a whole window is behind us: of one that is cut short by our own end, all is asked again.
      if (place + batchRows < rows.length) yield { rows: batch, position: undefined };
      else yield { rows: batch, position: endOf(window, nowMs) };
    }
    if (rows.length === 0) yield { rows: [], position: endOf(window, nowMs) };
  }
}

function endOf({ toMs }: Window, nowMs: number): string {
  return new Date(Math.min(toMs, nowMs)).toISOString();
}

async function withDetails(ask: AskPortal, { detail, pairs }: PortalCall, rows: readonly Row[]): Promise<readonly Row[]> {
  if (detail === undefined) return rows;
  const whole: Row[] = [];
  for (const row of rows) {
    const slots = Object.fromEntries(Object.entries(row).map(([name, text]) => [`row.${name}`, text ?? '']));
    const answer = await ask(detail, slots);
    const found = detail.at === undefined ? answer : valuesAt(answer, detail.at)[0];
    whole.push({ ...row, ...flatten(found, 'detail'), ...(pairs === undefined ? {} : pairsOf(found, pairs)) });
  }
  return whole;
}

function windowsOf({ fromMs, toMs }: Window, lengthMs: number): Window[] {
  const windows: Window[] = [];
  for (let start = fromMs; start < toMs; start += lengthMs) windows.push({ fromMs: start, toMs: Math.min(toMs, start + lengthMs) });
  return windows;
}

function halvesOf({ fromMs, toMs }: Window, unitMs: number): readonly Window[] {
  const middle = fromMs + Math.floor((toMs - fromMs) / unitMs / 2) * unitMs;
  return middle <= fromMs
    ? []
    : [
        { fromMs, toMs: middle },
        { fromMs: middle, toMs },
      ];
}

/** Days begin at midnight in UTC+8. */
function floor(ms: number, unitMs: number): number {
  const chinaMs = 8 * 3_600_000;
  return Math.floor((ms + chinaMs) / unitMs) * unitMs - chinaMs;
}

interface Cut {
  readonly window: Window;
  readonly total: number;
  readonly given: number;
}

function cutShort(entry: Entry, { list }: PortalCall, { window, total, given }: Cut): HubError {
  const at = printTime(list.timeFormat, window.fromMs);
  return new HubError('SYSTEM_FAILED', {
    zh: `门户在 ${at} 报告有 ${total} 行，却只给出 ${given} 行，窗口不能再拆（${entryName(entry)}）；没有据此撤销任何记录。`,
    en: `At ${at} the portal told of ${total} rows and gave ${given}, and the window cannot be split further (${entryName(entry)}); nothing was withdrawn for it.`,
  });
}
