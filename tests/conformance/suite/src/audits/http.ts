/**
 * HTTP: every question gets a GraphQL answer, whatever is wrong with it.
 * @see schema/PROTOCOL.md 8, 9; GraphQL specification 7
 */
import type { Audit } from '../audit.ts';
import { faultOf } from '../ask/answer.ts';

const right = { query: '{ __typename }' };
const wrong = [{ query: '{ __typename' }, { query: '{ noSuchField }' }, { query: 'query A { __typename } query B { __typename }' }];
const bodies = ['', '{', '[]', '"text"', '{}', '{"query":7}', '{"query":null}'];

/** Audits of HTTP. */
export const httpAudits: readonly Audit[] = [
  {
    id: 'HTTP-001',
    level: 'MUST',
    title: { zh: '答案是 GraphQL 的 JSON', en: 'Answers are GraphQL in JSON' },
    proves: {
      zh: '问得对、问得错，都得到带 data 或 errors 的 JSON，不是网页',
      en: 'right and wrong questions alike get JSON with data or errors, never a page',
    },
    source: 'PROTOCOL.md 8, 9',
    remedy: {
      zh: '检查端点地址与前面的代理：维护页、登录页和错误页不得以网页代替答案',
      en: 'check the address and the proxies before it: no maintenance, login or error page may stand for an answer',
    },
    async run({ endpoint }, judge) {
      for (const question of [right, ...wrong]) {
        const answer = await endpoint.ask(question);
        judge.check(answer.isGraph, () => faultOf(question, answer, 'JSON：{"data": …} 或 {"errors": [{"message": …}]}'));
      }
    },
  },
  {
    id: 'HTTP-002',
    level: 'MUST',
    title: { zh: '答案注明类型', en: 'Answers say their type' },
    proves: { zh: 'Content-Type 是 JSON', en: 'Content-Type is JSON' },
    source: 'PROTOCOL.md 9; GraphQL over HTTP',
    remedy: { zh: '答案的 Content-Type 写 application/json; charset=utf-8', en: 'send Content-Type: application/json; charset=utf-8' },
    async run({ endpoint }, judge) {
      for (const question of [right, ...wrong]) {
        const answer = await endpoint.ask(question);
        const isJson = /^application\/(json|graphql-response\+json)\s*(;|$)/i.test(answer.contentType);
        judge.check(isJson, () => ({
          ...faultOf(question, answer, 'Content-Type: application/json'),
          answered: `Content-Type: ${answer.contentType}`,
        }));
      }
    },
  },
  {
    id: 'HTTP-003',
    level: 'MUST',
    title: { zh: '读不成的正文被拒', en: 'Unreadable bodies are refused' },
    proves: { zh: '正文不是请求时答 4xx，不是 5xx，也不是成功', en: 'a body that is no request gets 4xx, neither 5xx nor success' },
    source: 'PROTOCOL.md 8',
    remedy: { zh: '把读不成的正文当作 QUERY_INVALID，状态 400', en: 'answer QUERY_INVALID with status 400' },
    async run({ endpoint }, judge) {
      for (const body of bodies) {
        const answer = await endpoint.post(body);
        judge.check(answer.status >= 400 && answer.status < 500, () =>
          faultOf(body === '' ? '（空正文 empty body）' : body, answer, 'HTTP 4xx'),
        );
      }
    },
  },
];
