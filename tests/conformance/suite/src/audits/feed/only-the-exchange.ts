/**
 * FEED-010: the feed is for the exchange alone.
 * @see schema/PROTOCOL.md 13
 */
import { feedFault, readPage } from '../../subject/feed.ts';
import type { Audit } from '../../audit.ts';
import { onFeed } from './on-feed.ts';

/** Answers the exchange alone. */
export const onlyTheExchange: Audit = {
  id: 'FEED-010',
  level: 'MUST',
  title: { zh: '只答数据交换', en: 'Answers the exchange alone' },
  proves: {
    zh: '没有签名的得 401，网关的签名得 FORBIDDEN，数据交换的签名打不开图',
    en: 'unsigned requests get 401, a gateway’s signature FORBIDDEN, and the exchange’s opens no graph',
  },
  source: 'PROTOCOL.md 10, 13',
  remedy: {
    zh: '按 iss 分别答：图只答 gateway，数据流只答 exchange',
    en: 'answer by iss: the graph for gateway alone, the feed for exchange alone',
  },
  run: onFeed(async ({ feed, judge, subject: { endpoint: graph } }) => {
    const body = '{"first":1}';
    const unsigned = await feed.endpoint.post(body, null);
    judge.check(unsigned.status === 401 && readPage(unsigned) === undefined, () => feedFault('没有签名 unsigned', unsigned, '401'));
    const [own, gateway] = [feed.endpoint.signer, graph.signer];
    if (gateway !== undefined) {
      const answer = await feed.endpoint.post(body, await gateway(body));
      const refused = answer.errors.some(({ code }) => code === 'FORBIDDEN');
      judge.check(refused && readPage(answer) === undefined, () => feedFault('网关的签名 signed by a gateway', answer, 'FORBIDDEN'));
    }
    if (own === undefined) return;
    const question = '{"query":"{ __typename }"}';
    const answer = await graph.post(question, await own(question));
    judge.check(answer.status >= 400 && answer.data == null, () =>
      feedFault('数据交换签名的查询 a query signed by the exchange', answer, 'FORBIDDEN'),
    );
  }),
};
