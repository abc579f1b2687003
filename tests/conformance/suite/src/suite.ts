/**
 * Runs the audits against one endpoint: finds out whom it has before it, reads its rows once, and judges.
 * It only asks, never writes; one question at a time, but for the audit of latency.
 * @see README.md «Runner»
 */
import { type ContractLaw, HubError, isHeldBySystems, isSystemCode, law, plural, printInstant } from '@hub/schema';
import { parse } from 'graphql';

import type { Audit, Words } from './audit.ts';
import { audits } from './audits.ts';
import { type Answer, printAnswer } from './ask/answer.ts';
import { Endpoint, NoAnswer } from './ask/endpoint.ts';
import { listAt, textAt } from './ask/json-value.ts';
import type { Signer } from './ask/signer.ts';
import { type Report, type Result, verdictOf } from './report/report.ts';
import { runAudit, skipped } from './run-audit.ts';
import { type Served, readServed } from './subject/served.ts';
import { subjectOf } from './subject/subject.ts';

/** Version of the suite: raised with every audit that is added or changed. */
export const suiteVersion = '1.3.0';

/** What to run against what. */
export interface SuiteOptions {
  /** Address of the GraphQL endpoint. */
  readonly url: string;
  /** Names of the contracts it is held to; undefined: those of which it serves a list. */
  readonly contracts?: readonly string[] | undefined;
  /** Code of the system; undefined: the one that the endpoint names in `coverage`. */
  readonly system?: string | undefined;
  /** Signs each question; without one those audits are skipped that need it. */
  readonly signer?: Signer | undefined;
  /** Signs as the exchange, for the feed; without one those audits are skipped that need it. */
  readonly exchangeSigner?: Signer | undefined;
  /** Ids of the audits to run, or beginnings of them (`SDL`); undefined: all. */
  readonly only?: readonly string[] | undefined;
  /** Told before each audit, and with its result after it. */
  readonly onProgress?: (progress: Progress) => void;
  /** Rows read of each list at the most; default 303. */
  readonly rowsOfList?: number;
  /** Questions at the most; default 20,000. */
  readonly mostQuestions?: number;
}

/** Where a run stands. */
export interface Progress {
  readonly audit: Audit;
  /** Place among the audits, from 1. */
  readonly at: number;
  readonly of: number;
  /** Undefined before it has ended. */
  readonly result: Result | undefined;
}

const questionMs = 15_000;
const auditMs = 120_000;
const rowsOfListUsually = 303;
const questionsUsually = 20_000;

const noGraph: Words = { zh: '端点不讲 GraphQL，见 HTTP-001', en: 'the endpoint does not speak GraphQL, see HTTP-001' };

/**
 * @returns What the run came to, whatever the endpoint answers.
 * @throws HubError CONFIG_INVALID for an address, system code or audit id there cannot be; CONTRACT_INVALID for a contract there
 *   is not; SYSTEM_FAILED when nobody answers; UNAUTHENTICATED when the endpoint answers signed questions only and there is no signer.
 */
export async function runSuite(options: SuiteOptions): Promise<Report> {
  const { url, signer, onProgress, rowsOfList = rowsOfListUsually, mostQuestions = questionsUsually } = options;
  const chosen = chosenAudits(options.only);
  const named = namedContracts(options.contracts);
  const budget = { asked: 0, most: mostQuestions };
  const endpoint = new Endpoint({ url: checkedUrl(url), signer, budget, questionMs });
  // The feed stands beside the graph.
  const feedUrl = new URL('feed', url).href;
  const feedEndpoint = new Endpoint({ url: feedUrl, signer: options.exchangeSigner, budget, questionMs });
  const startedMs = Date.now();
  const hello = await firstAnswer(endpoint);
  const served = hello.isGraph ? await readSdl(endpoint) : undefined;
  const contracts = named ?? contractsServed(served);
  const system = checkedCode(options.system) ?? (await systemOf(endpoint, contracts));
  const subject = subjectOf({ endpoint, feedEndpoint, system, contracts, served, rowsOfList });
  const results: Result[] = [];
  for (const [place, audit] of chosen.entries()) {
    const progress = { audit, at: place + 1, of: chosen.length };
    onProgress?.({ ...progress, result: undefined });
    const canRun = hello.isGraph || audit.id.startsWith('HTTP-');
    const result = canRun ? await runAudit(audit, subject, auditMs) : skipped(audit, noGraph);
    results.push(result);
    onProgress?.({ ...progress, result });
  }
  return {
    format: 'hub-conformance',
    version: 1,
    suite: suiteVersion,
    url,
    system,
    contracts: contracts.map(({ contract: { name, title, version, edition } }) => ({ name, title, version, edition })),
    startedAt: printInstant(`${new Date(startedMs).toISOString().slice(0, -1)}000Z`),
    ms: Date.now() - startedMs,
    questions: budget.asked,
    rows: subject.rowsRead(),
    verdict: verdictOf(results, subject.wasEmpty()),
    results,
  };
}

async function firstAnswer(endpoint: Endpoint): Promise<Answer> {
  let answer: Answer;
  try {
    answer = await endpoint.ask({ query: '{ __typename }' });
  } catch (cause) {
    if (!(cause instanceof NoAnswer)) throw cause;
    throw new HubError('SYSTEM_FAILED', {
      zh: `连不上 ${endpoint.url}：${cause.message}。`,
      en: `${endpoint.url} cannot be reached: ${cause.message}.`,
      cause,
    });
  }
  const refused = answer.status === 401 || answer.errors.some(({ code }) => code === 'UNAUTHENTICATED');
  if (!refused) return answer;
  throw new HubError('UNAUTHENTICATED', {
    zh: `${endpoint.url} 拒绝了请求，只回答它认可的签名：${printAnswer(answer)}。请用 --key 指定密钥文件，并核对 --system。`,
    en: `${endpoint.url} refused: it answers signatures it knows only. Give a key file with --key, and check --system.`,
  });
}

async function readSdl(endpoint: Endpoint): Promise<Served | undefined> {
  try {
    const { data } = await endpoint.ask({ query: '{ _service { sdl } }' });
    return readServed(parse(textAt(data, '_service', 'sdl')));
  } catch {
    // SDL-001 says what is wrong with it.
    return undefined;
  }
}

function contractsServed(served: Served | undefined): readonly ContractLaw[] {
  const roots = served?.types.get('Query')?.fields;
  return heldContracts().filter(({ contract }) => contract.datasets.some(({ type }) => roots?.has(plural(type))));
}

async function systemOf(endpoint: Endpoint, contracts: readonly ContractLaw[]): Promise<string> {
  const dataset = contracts[0]?.contract.datasets[0];
  if (dataset === undefined) return '';
  const { data } = await endpoint.ask({ query: `{ list: ${plural(dataset.type)}(first: 1) { coverage { answered { code } } } }` });
  return textAt(listAt(data, 'list', 'coverage', 'answered')[0], 'code');
}

function heldContracts(): readonly ContractLaw[] {
  return law().contracts.filter(({ contract }) => isHeldBySystems(contract));
}

function namedContracts(names: readonly string[] | undefined): readonly ContractLaw[] | undefined {
  if (names === undefined || names.length === 0) return undefined;
  const held = heldContracts();
  const unknown = names.filter((name) => !held.some(({ contract }) => contract.name === name));
  if (unknown.length === 0) return held.filter(({ contract }) => names.includes(contract.name));
  const known = held.map(({ contract }) => contract.name).join(', ');
  throw new HubError('CONTRACT_INVALID', {
    zh: `没有契约 ${unknown.join('、')}。现有：${known}。`,
    en: `There is no contract ${unknown.join(', ')}. Known: ${known}.`,
  });
}

function chosenAudits(only: readonly string[] | undefined): readonly Audit[] {
  if (only === undefined || only.length === 0) return audits;
  const isChosen = (id: string, wanted: string): boolean => id === wanted || id.startsWith(`${wanted}-`);
  const unknown = only.filter((wanted) => !audits.some(({ id }) => isChosen(id, wanted)));
  if (unknown.length === 0) return audits.filter(({ id }) => only.some((wanted) => isChosen(id, wanted)));
  const families = [...new Set(audits.map(({ id }) => id.split('-')[0]))].join(', ');
  throw new HubError('CONFIG_INVALID', {
    zh: `没有检查项 ${unknown.join('、')}。可写编号（如 ${audits[0]?.id ?? ''}）或类别：${families}。`,
    en: `There is no audit ${unknown.join(', ')}. Give ids (such as ${audits[0]?.id ?? ''}) or families: ${families}.`,
  });
}

function checkedUrl(url: string): string {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url;
  throw new HubError('CONFIG_INVALID', {
    zh: `地址无效：${url}。应为 http 或 https 的完整地址，如 http://127.0.0.1:4001/graphql。`,
    en: `Not an address: ${url}. Expected a full one with http or https.`,
  });
}

function checkedCode(code: string | undefined): string | undefined {
  if (code === undefined || isSystemCode(code)) return code;
  throw new HubError('CONFIG_INVALID', { zh: `系统代码无效：${code}。`, en: `Not a system code: ${code}.` });
}
