/**
 * What `hub exchange …` asks and prints: Chinese first; JSON with a version and a kind.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';

import { answer, exchangeDoor, openSession, type Session, type Terminal } from '@hub/kit/process';
import { HubError } from '@hub/schema';
import { z } from 'zod';

import type { ExchangeFlags, ListFlags, SubmitFlags } from './exchange-commands.ts';

const sources = z.object({
  sources: z.array(
    z.object({
      system: z.string(),
      state: z.string(),
      position: z.number(),
      head: z.number().nullable(),
      lag: z.number().nullable(),
      faultCode: z.string().nullable(),
      faultZh: z.string().nullable(),
      faultEn: z.string().nullable(),
      clockOffsetMs: z.number().nullable(),
      warningCode: z.string().nullable(),
      warningZh: z.string().nullable(),
      warningEn: z.string().nullable(),
    }),
  ),
});

function session(flags: ExchangeFlags, terminal: Terminal, code?: string): Promise<Session> {
  return openSession(flags, terminal, { door: exchangeDoor, given: flags.exchange, code });
}

/** `hub exchange status`. Exit code 1 when a source is at fault. */
export async function status(flags: ExchangeFlags, terminal: Terminal): Promise<void> {
  const { ask } = await session(flags, terminal);
  const query = '{ sources { system state position head lag faultCode faultZh faultEn clockOffsetMs warningCode warningZh warningEn } }';
  const told = await ask({ query }, sources);
  const words: Readonly<Record<string, string>> = {
    NEW: '尚未开始 new',
    FOLLOWING: '正在跟进 following',
    FAULTY: '有故障 faulty',
    RECONCILING: '正在对账 reconciling',
  };
  const text = told.sources.flatMap(
    ({ system, state, position, head, lag, faultCode, faultZh, faultEn, warningCode, warningZh, warningEn }) => [
      `${system}  ${words[state] ?? state}  ${position}/${head ?? '-'}${lag === null || lag === 0 ? '' : `，差 ${lag} behind`}${faultCode === null ? '' : `  ${faultCode} ${faultZh ?? ''}${faultEn ?? ''}`}`,
      ...(warningCode === null ? [] : [`  警 ${warningCode} ${warningZh ?? ''} ${warningEn ?? ''}`]),
    ],
  );
  answer(terminal, flags.format, {
    kind: 'sources',
    json: told,
    text: text.length === 0 ? ['尚未收取任何系统。Nothing is harvested yet.'] : text,
  });
  if (told.sources.some(({ state }) => state === 'FAULTY')) terminal.refuse();
}

const receiptPage = z.object({
  receipts: z.object({
    head: z.number(),
    receipts: z.array(
      z.object({
        position: z.number(),
        answered: z.object({ from: z.number(), to: z.number() }),
        accepted: z.number(),
        refused: z.number(),
        waiting: z.number(),
        decidedAt: z.string(),
        text: z.string(),
      }),
    ),
  }),
});

/** `hub exchange receipts`: the last ones, by position. */
export async function receipts(flags: ListFlags, terminal: Terminal): Promise<void> {
  const { ask, settings } = await session(flags, terminal);
  const first = whole(flags.last);
  const query = `query ($system: String, $after: Int!, $first: Int!) { receipts(system: $system, after: $after, first: $first) { head receipts { position answered { from to } accepted refused waiting decidedAt text } } }`;
  const about = settings.system === undefined ? {} : { system: settings.system };
  const { receipts: ends } = await ask({ query, variables: { ...about, after: 0, first: 1 } }, receiptPage);
  const { receipts: page } = await ask({ query, variables: { ...about, after: Math.max(0, ends.head - first), first } }, receiptPage);
  const text = page.receipts.map(
    ({ position, answered, accepted, refused, waiting, decidedAt }) =>
      `${position}  ${answered.from}–${answered.to}  接收 accepted ${accepted}  拒收 refused ${refused}  等待 waiting ${waiting}  ${decidedAt}`,
  );
  answer(terminal, flags.format, { kind: 'receipts', json: page, text: text.length === 0 ? ['还没有回执。No receipts yet.'] : text });
}

const violation = z.object({
  rule: z.string(),
  severity: z.string(),
  field: z.string(),
  line: z.number().nullable(),
  messageZh: z.string(),
  messageEn: z.string(),
});
const refusedPage = z.object({
  refusedRecords: z.object({
    nodes: z.array(
      z.object({
        dataset: z.string(),
        key: z.string(),
        version: z.number().nullable(),
        openHours: z.number(),
        refusedAt: z.string(),
        correctAt: z.string().nullable(),
        violations: z.array(violation),
      }),
    ),
  }),
});

/** `hub exchange refused`: what is open, the newest first. Exit code 1 when there is any. */
export async function refused(flags: ListFlags, terminal: Terminal): Promise<void> {
  const { ask, settings } = await session(flags, terminal);
  const query = `query ($system: String, $first: Int!) { refusedRecords(system: $system, open: true, first: $first) { nodes { dataset key version openHours refusedAt correctAt violations { rule severity field line messageZh messageEn } } } }`;
  const variables = { first: whole(flags.last), ...(settings.system === undefined ? {} : { system: settings.system }) };
  const { refusedRecords: page } = await ask({ query, variables: variables }, refusedPage);
  const text = page.nodes.flatMap(({ dataset, key, version, openHours, correctAt, violations }) => [
    `${dataset} ${key} ${version ?? ''}  已 ${openHours} 小时 hours open${correctAt === null ? '' : `  改正 correct at ${correctAt}`}`,
    ...violations.map(lineOf),
  ]);
  answer(terminal, flags.format, {
    kind: 'refused',
    json: page,
    text: text.length === 0 ? ['没有未改正的拒收记录。Nothing refused is open.'] : text,
  });
  if (page.nodes.length > 0) terminal.refuse();
}

const submitted = z.object({
  submitRecords: z.object({
    idempotencyKey: z.string(),
    receivedAt: z.string(),
    accepted: z.number(),
    unchanged: z.number(),
    superseded: z.number(),
    refused: z.number(),
    records: z.array(
      z.object({
        line: z.number(),
        outcome: z.string(),
        dataset: z.string(),
        key: z.string(),
        version: z.number().nullable(),
        violations: z.array(violation),
      }),
    ),
  }),
});

/** `hub exchange submit FILE`: the same content is sent under the same key. Exit code 1 when a record is refused. */
export async function submit(file: string, flags: SubmitFlags, terminal: Terminal): Promise<void> {
  const { ask } = await session(flags, terminal);
  const bytes = await readFile(resolve(terminal.folder, file)).catch((cause: unknown) => {
    throw new HubError('FOLDER_UNREADABLE', { zh: `读不到文件 ${file}。`, en: `Cannot read ${file}.`, cause });
  });
  const format = extname(file).toLowerCase() === '.xml' ? 'XML' : 'JSON';
  const idempotencyKey = flags.idempotencyKey ?? createHash('sha256').update(bytes).digest('hex');
  const input = {
    format,
    encoding: 'BASE64',
    idempotencyKey,
    body: bytes.toString('base64'),
    ...(flags.to === undefined ? {} : { system: flags.to }),
  };
  const query = `mutation ($input: SubmitInput!) { submitRecords(input: $input) { idempotencyKey receivedAt accepted unchanged superseded refused records { line outcome dataset key version violations { rule severity field line messageZh messageEn } } } }`;
  const { submitRecords: receipt } = await ask({ query, variables: { input } }, submitted);
  const { accepted, unchanged, superseded } = receipt;
  const bad = receipt.records.filter(({ outcome }) => outcome === 'REFUSED');
  answer(terminal, flags.format, {
    kind: 'submission',
    json: receipt,
    text: [
      `新版本 accepted ${accepted}  不变 unchanged ${unchanged}  较旧 superseded ${superseded}  拒收 refused ${receipt.refused}`,
      ...bad.flatMap(({ line, dataset, key, violations }) => [`第 ${line} 行 line ${line}: ${dataset} ${key}`, ...violations.map(lineOf)]),
    ],
  });
  if (bad.length > 0) terminal.refuse();
}

const hosting = z.object({ hostSystem: z.object({ system: z.string(), endpoint: z.string(), contracts: z.array(z.string()) }) });

/** `hub exchange host CODE`: an operator has the hub keep the records of a system that pushes. */
export async function host(code: string, flags: ExchangeFlags, terminal: Terminal): Promise<void> {
  const { ask } = await session(flags, terminal);
  const query = 'mutation ($system: String!) { hostSystem(system: $system) { system endpoint contracts } }';
  const { hostSystem: hosted } = await ask({ query, variables: { system: code } }, hosting);
  const contracts = hosted.contracts.join('、');
  const text = [
    `✓ ${code} 由枢纽代存并已发布，契约 ${contracts}；它现在可以 hub exchange submit。  The hub keeps its records and has published it (${hosted.contracts.join(', ')}): it may push now.`,
  ];
  answer(terminal, flags.format, { kind: 'hosting', json: { hosting: hosted }, text });
}

function lineOf({ rule, severity, field, messageZh, messageEn }: z.output<typeof violation>): string {
  return `  ${severity === 'REFUSAL' ? '拒' : '警'} ${rule} ${field}  ${messageZh}  ${messageEn}`;
}

function whole(text: string): number {
  const number = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (number >= 1 && number <= 500) return number;
  throw new HubError('CONFIG_INVALID', { zh: `--last ${text} 无效：应为 1–500。`, en: `--last ${text} is not valid: 1 to 500.` });
}
