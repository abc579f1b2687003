/**
 * ERR and LIMIT: what is refused, how it is told, and that nothing else leaks out.
 * @see schema/PROTOCOL.md 2, 8, 9
 */
import { isErrorCode } from '@hub/schema';

import type { Audit } from '../audit.ts';
import { type Answer, faultOf } from '../ask/answer.ts';
import { type Endpoint, NoAnswer } from '../ask/endpoint.ts';
import { pageQuestion } from '../subject/list.ts';
import type { Subject } from '../subject/subject.ts';

const wrongQueries = [
  '{ __typename',
  '{ noSuchField }',
  '{ __typename(no: 1) }',
  'query Q($a: Int!) { __typename }',
  'query A { __typename } query A { __typename }',
  'mutation { noSuchMutation }',
  '{ ...noSuchFragment }',
];
/** Traces, statements, and places on somebody's disk. */
const internals =
  /\bat [\w.<>[\] ]+ \(?(?:file:|node:|\/|[A-Z]:\\)|\bat \/[\w/.-]+:\d+|Traceback|\.(?:[jt]sx?|java|py|cs|php|go):\d+|\bjava\.\w+\.|\bselect\s.+\sfrom\s|\binsert into\b|SQLSTATE|node_modules|\/(?:home|usr|var|srv|opt)\/\w/i;
const bigBytes = 8 * 1024 * 1024;
const deepLevels = 3000;

/** Audits of errors and limits. */
export const errorAudits: readonly Audit[] = [
  {
    id: 'ERR-001',
    level: 'MUST',
    title: { zh: '错误的查询被拒', en: 'Wrong questions are refused' },
    proves: {
      zh: '不合语法、不合图的查询得 QUERY_INVALID 与 HTTP 400，没有 data',
      en: 'questions that break the syntax or the graph get QUERY_INVALID with HTTP 400 and no data',
    },
    source: 'PROTOCOL.md 8',
    remedy: { zh: '执行前校验查询；整个被拒时状态 400', en: 'validate before executing; a request refused as a whole has status 400' },
    async run({ endpoint }, judge) {
      for (const query of wrongQueries) {
        const answer = await endpoint.ask({ query });
        const isRefused =
          answer.status === 400 &&
          (answer.data === undefined || answer.data === null) &&
          answer.errors.length > 0 &&
          answer.errors.every(({ code }) => code === 'QUERY_INVALID');
        judge.check(isRefused, () => faultOf({ query }, answer, 'HTTP 400, QUERY_INVALID'));
      }
    },
  },
  {
    id: 'ERR-002',
    level: 'MUST',
    title: { zh: '错误码在清单里', en: 'Error codes are of the closed list' },
    proves: { zh: '见到的每个错误都有清单里的 extensions.code', en: 'every error seen has an extensions.code of the closed list' },
    source: 'PROTOCOL.md 8, 9',
    remedy: {
      zh: '一处统一改写错误：认得的给码，其余一律 INTERNAL',
      en: 'mask errors in one place: a code for what is known, INTERNAL for the rest',
    },
    async run(subject, judge) {
      await provoke(subject);
      for (const { question, error } of subject.endpoint.errorsSeen) {
        judge.check(isErrorCode(error.code), () => ({
          asked: question,
          answered: JSON.stringify(error.whole),
          expected: 'PROTOCOL.md 8 的码  a code of PROTOCOL.md 8',
        }));
      }
    },
  },
  {
    id: 'ERR-003',
    level: 'MUST',
    title: { zh: '错误不泄露内部', en: 'Errors tell nothing of the inside' },
    proves: { zh: '没有堆栈、语句、路径和库名', en: 'no stack trace, statement, path or library' },
    source: 'PROTOCOL.md 8',
    remedy: {
      zh: '关掉调试输出（stacktrace、debug）；内部错误只记日志，对外答 INTERNAL',
      en: 'turn debug output off; log faults and answer INTERNAL',
    },
    async run(subject, judge) {
      await provoke(subject);
      for (const { question, error } of subject.endpoint.errorsSeen) {
        const text = JSON.stringify(error.whole);
        judge.check(!internals.test(text) && !/"stack(trace)?"/i.test(text), () => ({
          asked: question,
          answered: text,
          expected: '只有码与说明  a code and a message only',
        }));
      }
    },
  },
  {
    id: 'ERR-004',
    level: 'MUST',
    title: { zh: '错误说明是中文，附英文', en: 'Messages are Chinese, with English beside' },
    proves: { zh: 'message 含中文，extensions.messageEn 有文字', en: 'message has Chinese, extensions.messageEn has text' },
    source: 'PROTOCOL.md 8',
    remedy: { zh: 'message 写中文，messageEn 写英文', en: 'write message in Chinese and messageEn in English' },
    async run(subject, judge) {
      await provoke(subject);
      for (const { question, error } of subject.endpoint.errorsSeen) {
        const isFit = /\p{Script=Han}/u.test(error.message) && typeof error.messageEn === 'string' && error.messageEn !== '';
        judge.check(isFit, () => ({
          asked: question,
          answered: JSON.stringify(error.whole),
          expected: 'message 中文, extensions.messageEn',
        }));
      }
    },
  },
  {
    id: 'LIMIT-001',
    level: 'MUST',
    title: { zh: 'first 只认 1 至 101', en: 'first is from 1 to 101' },
    proves: { zh: '0、负数、102 得 PAGE_SIZE_INVALID', en: '0, negative numbers and 102 get PAGE_SIZE_INVALID' },
    source: 'PROTOCOL.md 8, 9',
    remedy: { zh: '先核对 first 再读；不要悄悄截断', en: 'check first before reading; never cut silently' },
    async run({ endpoint, lists }, judge) {
      for (const [place, list] of lists.entries()) {
        for (const first of place === 0 ? [-1, 0, 102, 2_147_483_647] : [0, 102]) {
          const question = pageQuestion(list, { first });
          const answer = await endpoint.ask(question);
          judge.check(answer.errors.length > 0 && answer.errors.every(({ code }) => code === 'PAGE_SIZE_INVALID'), () =>
            faultOf(question, answer, 'PAGE_SIZE_INVALID'),
          );
        }
      }
    },
  },
  {
    id: 'LIMIT-002',
    level: 'SHOULD',
    title: { zh: '过大的正文被拒', en: 'Bodies too large are refused' },
    proves: { zh: '8 MiB 的正文得 4xx，之后照常应答', en: 'a body of 8 MiB gets 4xx, and the system answers as before' },
    source: 'PROTOCOL.md 2',
    remedy: { zh: '读正文时设上限，超过即 413', en: 'bound the body while reading it, and answer 413' },
    async run({ endpoint }, judge) {
      const body = JSON.stringify({ query: '{ __typename }', padding: 'x'.repeat(bigBytes) });
      // A system that hangs up in the middle has refused as well.
      const answer = await endpoint.post(body).catch((cause: unknown) => {
        if (cause instanceof NoAnswer) return undefined;
        throw cause;
      });
      const isRefused = answer === undefined || (answer.status >= 400 && answer.status < 500);
      judge.check(isRefused, () => faultOf(`8 MiB`, answer ?? { status: 0, text: '' }, 'HTTP 413'));
      await judgeAlive(endpoint, (answered) =>
        judge.check(answered.status === 200 && answered.isGraph, () => faultOf('{ __typename }', answered, 'HTTP 200')),
      );
    },
  },
  {
    id: 'LIMIT-003',
    level: 'MUST',
    title: { zh: '极深的查询压不垮', en: 'Very deep questions do no harm' },
    proves: {
      zh: '几千层的查询得到答案或拒绝，不是断线或 5xx，之后照常应答',
      en: 'thousands of levels get an answer or a refusal, no hang-up and no 5xx, and the system answers as before',
    },
    source: 'PROTOCOL.md 2',
    remedy: { zh: '限制词法单元数与嵌套层数', en: 'bound the tokens and the levels of a question' },
    async run({ endpoint }, judge) {
      for (const query of [
        `${'{ __schema '.repeat(deepLevels)}${'}'.repeat(deepLevels)}`,
        `{ ${'... { '.repeat(deepLevels)}__typename${' }'.repeat(deepLevels)} }`,
      ]) {
        const answer = await endpoint.ask({ query });
        judge.check(answer.isGraph && answer.status < 500, () => faultOf({ query }, answer, 'data 或 or errors，HTTP < 500'));
        await judgeAlive(endpoint, (answered) =>
          judge.check(answered.status === 200 && answered.isGraph, () => faultOf('{ __typename }', answered, 'HTTP 200')),
        );
      }
    },
  },
];

/** A few refusals of each kind, so that there is something to look at however the audits before went. */
async function provoke({ endpoint, lists }: Subject): Promise<void> {
  for (const query of wrongQueries) await endpoint.ask({ query });
  const [list] = lists;
  if (list === undefined) return;
  for (const page of [{ first: 0 }, { first: 1, after: 'bm90IGEgY3Vyc29y' }]) await endpoint.ask(pageQuestion(list, page));
  await endpoint.ask({ query: `{ ${list.root}(order: NO_SUCH_ORDER) { totalCount } }` });
}

async function judgeAlive(endpoint: Endpoint, judge: (answer: Answer) => void): Promise<void> {
  judge(await endpoint.ask({ query: '{ __typename }' }));
}
