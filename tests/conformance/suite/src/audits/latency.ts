/**
 * LAT: how long a page takes under a little load, against how long a question takes that reads nothing. Never a hard time: the
 * machine, the line and the hour are not the system's fault.
 * @see schema/PROTOCOL.md 9
 */
import type { Audit } from '../audit.ts';
import type { Question } from '../ask/answer.ts';
import type { Endpoint } from '../ask/endpoint.ts';
import { pageQuestion } from '../subject/list.ts';

const clients = 4;
const questions = 80;
/** Times the light question's own. */
const mostTimes = 50;
/** Below this the clock says more about itself. */
const leastMs = 2;

/** Audits of latency. */
export const latencyAudits: readonly Audit[] = [
  {
    id: 'LAT-001',
    level: 'SHOULD',
    title: { zh: `${clients} 人同时翻页仍然快`, en: `Pages stay fast for ${clients} at once` },
    proves: {
      zh: `${questions} 次首页，p95 不超过同样条件下 { __typename } 的 ${mostTimes} 倍`,
      en: `of ${questions} first pages p95 is at most ${mostTimes} times that of { __typename } under the same load`,
    },
    source: 'PROTOCOL.md 9; partitioning.md «Page»',
    remedy: {
      zh: '给排序列加 (值, id) 的索引；总数另问时才数；用连接池',
      en: 'index (value, id) for each order; count only when asked; pool connections',
    },
    async run({ endpoint, samples }, judge) {
      const lists = (await samples()).map(({ list }) => list);
      if (lists.length === 0) return;
      const pages = Array.from({ length: questions }, (_, place) => lists[place % lists.length]).flatMap((list) =>
        list === undefined ? [] : [pageQuestion(list, { first: 20 })],
      );
      const light = await timesOf(
        endpoint,
        Array.from({ length: questions }, () => ({ query: '{ __typename }' })),
      );
      const paged = await timesOf(endpoint, pages);
      const [l50, l95, p50, p95] = [share(light, 0.5), share(light, 0.95), share(paged, 0.5), share(paged, 0.95)];
      const told = `{ __typename } p50 ${ms(l50)}, p95 ${ms(l95)}; 首页 pages p50 ${ms(p50)}, p95 ${ms(p95)} (${questions}, ${clients} clients)`;
      judge.remark({ zh: told, en: told });
      const bound = mostTimes * Math.max(l95, leastMs);
      judge.check(p95 <= bound, () => ({
        asked: `${questions} 次首页 first pages, ${clients} 人同时 clients`,
        answered: told,
        expected: `p95 ≤ ${ms(bound)}`,
      }));
    },
  },
];

async function timesOf(endpoint: Endpoint, all: readonly Question[]): Promise<readonly number[]> {
  const waiting = [...all];
  const times: number[] = [];
  const client = async (): Promise<void> => {
    for (let question = waiting.pop(); question !== undefined; question = waiting.pop()) times.push((await endpoint.ask(question)).ms);
  };
  await Promise.all(Array.from({ length: clients }, client));
  return times.toSorted((a, b) => a - b);
}

function share(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}
