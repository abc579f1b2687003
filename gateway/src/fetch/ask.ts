/**
 * Asks systems and says of each either what it answered or why it is missing. A system can fail in any way it likes: it
 * counts as missing, and nothing else changes.
 * @see design/partitioning.md «Operators», P3
 */
import { AddressForbidden } from '@hub/kit/process';
import { HubError } from '@hub/schema';

import { type Call, remainingMs } from '../admit/call.ts';
import type { GatewayEvent } from '../events.ts';
import { type Absence, soonestMs } from '../merge/coverage.ts';
import type { Outage, OutageReport } from '../route/health.ts';
import type { SystemRow } from '../route/table.ts';
import { deadlineExceeded } from './absence-error.ts';
import { PostError } from './post-error.ts';
import { questionFault, type RawError, readErrors } from './raw-error.ts';
import { ForeignAnswer, InvalidAnswer, isObject } from './reader.ts';
import type { PostOptions } from './shared-posts.ts';
import type { System, Systems } from './systems.ts';

/** An answer with data, errors in parts of it included. */
export interface Answer {
  readonly data: Record<string, unknown>;
  readonly errors: readonly RawError[];
}

/** How one round of questions is put. */
export interface Asking<T> {
  readonly systems: Systems;
  readonly call: Call;
  /** Time for each system, ms. */
  readonly deadlineMs: number;
  readonly report: (event: GatewayEvent) => void;
  /** The request's body for a system. */
  readonly body: (system: string) => string;
  /** Reads an answer against the contract. @throws InvalidAnswer */
  readonly read: (answer: Answer, system: SystemRow) => T;
}

/** What came of asking. */
export interface Round<T> {
  readonly answers: ReadonlyMap<string, T>;
  readonly absent: readonly Absence[];
  /** What systems fault the question with, those that did. */
  readonly faults: readonly HubError[];
}

/** What a system answers that is well, however many dear questions time out there; and its time for it. */
const lightQuestion = '{"query":"{ __typename }"}';
const lightDeadlineMs = 1000;

/** How long to wait before asking a system again whose answer was unusable. */
const unusableRetryMs = 1000;

type Asked<T> = { readonly value: T } | { readonly absence: Absence; readonly fault?: HubError | undefined };

/**
 * Asks every published system of the scope at once.
 * @returns Answers and absences; they cover the scope.
 */
export async function askRound<T>(scope: readonly SystemRow[], asking: Asking<T>): Promise<Round<T>> {
  const answers = new Map<string, T>();
  const absent: Absence[] = scope.filter(({ state }) => state === 'withdrawn').map(withdrawn);
  const faults: HubError[] = [];
  await Promise.all(
    scope
      .filter(({ state }) => state === 'published')
      .map(async (row) => {
        const asked = await askOne(row, asking);
        if ('value' in asked) return void answers.set(row.code, asked.value);
        absent.push(asked.absence);
        if (asked.fault !== undefined) faults.push(asked.fault);
      }),
  );
  if (absent.length > 0) asking.call.notes.incomplete = true;
  return { answers, absent, faults };
}

/**
 * As `askRound`, for questions that need at least one answer.
 * @throws HubError the systems' own fault-finding when that is all they answered; SYSTEMS_UNAVAILABLE when nobody answered.
 */
export async function askLive<T>(scope: readonly SystemRow[], asking: Asking<T>): Promise<Round<T>> {
  return withAnswers(scope, await askRound(scope, asking));
}

/**
 * @returns The round, which has an answer unless nobody was asked.
 * @throws HubError as `askLive`
 */
export function withAnswers<T>(scope: readonly SystemRow[], round: Round<T>): Round<T> {
  if (round.answers.size > 0 || scope.length === 0) return round;
  throw round.faults[0] ?? unavailable(round.absent);
}

async function askOne<T>(row: SystemRow, asking: Asking<T>): Promise<Asked<T>> {
  const system = asking.systems.get(row.code);
  // It may have left since this operation began.
  if (system === undefined || system.row.state === 'withdrawn') return { absence: withdrawn(row) };
  const away = system.health.admit();
  if (away !== undefined) return { absence: { system: row, ...away } };
  try {
    return { value: asking.read(readAnswer(await send(system, asking)), row) };
  } catch (error) {
    return missing(error, system, asking);
  }
}

async function send<T>(system: System, { body, call, deadlineMs, report: tell }: Asking<T>): Promise<unknown> {
  const { health, row } = system;
  try {
    const answer = await post(system, { body: body(row.code), call, deadlineMs });
    health.succeeded();
    return answer;
  } catch (error) {
    const outage = outageIn(error, health);
    if (outage === undefined) throw error;
    if (error instanceof PostError && error.cause instanceof AddressForbidden) {
      tell({ kind: 'address-refused', system: row.code, why: error.message });
    }
    const report = health.failed(outage);
    throw new Away(health.doubted() ? await askLight(system, { call, deadlineMs, report }) : report);
  }
}

/** @returns The outage as it stands after the light question, for which the asker of the last dear one waits. */
async function askLight(system: System, { call, deadlineMs, report }: Doubt): Promise<OutageReport> {
  const { health } = system;
  try {
    await post(system, { body: lightQuestion, call, deadlineMs: Math.min(lightDeadlineMs, deadlineMs) });
    health.succeeded();
    return report;
  } catch (error) {
    const outage = outageIn(error, health);
    return outage === undefined ? report : health.silent(outage);
  }
}

interface Doubt extends Pick<Asking<unknown>, 'call' | 'deadlineMs'> {
  readonly report: OutageReport;
}

async function post(
  { endpoint }: System,
  { body, call, deadlineMs }: Pick<PostOptions, 'body' | 'deadlineMs'> & { readonly call: Call },
): Promise<unknown> {
  const leftMs = remainingMs(call);
  try {
    if (leftMs === 0) throw new PostError('TIMEOUT', 'the operation has no time left');
    const { answer } = await endpoint.post({ body, deadlineMs: Math.min(deadlineMs, leftMs), signal: call.signal });
    return answer;
  } catch (error) {
    // Cut short by the operation's own time, it may well have been in time.
    const cutShort = error instanceof PostError && error.fault === 'TIMEOUT' && leftMs < deadlineMs;
    throw cutShort ? new PostError('ABANDONED', error.message, { cause: error }) : error;
  }
}

/** Tells the system's health what a failure says of it, unless that is an outage. @returns The outage. */
function outageIn(error: unknown, health: System['health']): Outage | undefined {
  if (!(error instanceof PostError) || error.fault === 'MALFORMED') health.succeeded();
  else if (error.fault === 'ABANDONED') health.abandoned();
  else return error.fault;
  return undefined;
}

class Away extends Error {
  readonly report: OutageReport;

  constructor(report: OutageReport) {
    super(report.reason);
    this.report = report;
  }
}

/** A system says that it will not or cannot answer, and why. */
export class Refused extends Error {
  readonly errors: readonly RawError[];

  constructor(errors: readonly RawError[]) {
    super(errors.map(({ code }) => code ?? 'no code').join(', '));
    this.errors = errors;
  }
}

function readAnswer(answer: unknown): Answer {
  if (!isObject(answer)) throw new InvalidAnswer('the answer is no object');
  const errors = readErrors(answer['errors']);
  const { data } = answer;
  if (isObject(data)) return { data, errors };
  if (errors.length > 0 && (data === null || data === undefined)) throw new Refused(errors);
  throw new InvalidAnswer('the answer has neither data nor errors');
}

function missing<T>(error: unknown, { row }: System, { report }: Asking<T>): Asked<T> {
  if (error instanceof Away) return { absence: { system: row, ...error.report } };
  const unusable = { system: row, sinceMs: undefined, retryAfterMs: unusableRetryMs };
  if (error instanceof Refused) {
    report({ kind: 'system-refused', system: row.code, why: error.message });
    const faults = error.errors.map((raw) => questionFault(raw, row.code));
    return { absence: { ...unusable, reason: 'REFUSED' }, fault: faults.find((fault) => fault !== undefined) };
  }
  if (error instanceof PostError && error.fault !== 'MALFORMED') return { absence: { ...unusable, reason: 'TIMEOUT', overtime: true } };
  if (error instanceof PostError || error instanceof InvalidAnswer) {
    report({ kind: error instanceof ForeignAnswer ? 'answer-foreign' : 'answer-invalid', system: row.code, why: error.message });
    return { absence: { ...unusable, reason: 'INVALID_ANSWER' } };
  }
  throw error;
}

function withdrawn(system: SystemRow): Absence {
  return { system, reason: 'WITHDRAWN', sinceMs: undefined, retryAfterMs: undefined };
}

function unavailable(absent: readonly Absence[]): HubError {
  if (absent.some(({ overtime }) => overtime === true)) return deadlineExceeded();
  const codes = absent.map(({ system }) => system.code).toSorted();
  return new HubError('SYSTEMS_UNAVAILABLE', {
    zh: `目前没有任何系统作答：${codes.join('、')}。`,
    en: `No system answers at present: ${codes.join(', ')}.`,
    retryAfterMs: soonestMs(absent),
  });
}
