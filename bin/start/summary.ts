/**
 * What a newcomer sees when everything runs; the last line is one that programs wait for.
 */
import { join, relative } from 'node:path';

import type { SystemsReady } from './messages.ts';

/** Where everything is. */
export interface Opened {
  /** Of the gateway. */
  readonly url: string;
  readonly dataDir: string;
  /** What is otherwise than expected, a line each. */
  readonly notes: readonly string[];
}

/**
 * @returns Lines without a line break at the end; the last is `hub ready at URL` exactly.
 */
export function summary(
  { systems, loaded, registry, exchange }: Pick<SystemsReady, 'systems' | 'loaded' | 'registry' | 'exchange'>,
  { url, dataDir, notes }: Opened,
): string {
  const operatorKey = shortest(join(dataDir, 'operator-key.json'));
  const published = systems.filter(({ state }) => state === 'PUBLISHED');
  const contracts = [...new Set(published.flatMap((system) => system.contracts))].toSorted();
  return [
    '',
    `交易系统 ${published.length} 个，契约 ${contracts.join('、')}${loaded > 0 ? `，首次导入记录 ${loaded} 条` : ''}。`,
    `${published.length} trading systems, contracts ${contracts.join(', ')}${loaded > 0 ? `, ${loaded} records loaded for the first start` : ''}.`,
    ...notes,
    `浏览器打开 ${url}/ 试用示例查询；接口 ${url}/graphql。Open ${url}/ for ready-made queries; the endpoint is ${url}/graphql.`,
    `数据字典 ${url}/dictionary：全部数据集、字段、代码表和样例。The data dictionary, with samples, is there too.`,
    `系统状况 ${url}/systems；登记处 ${registry.origin}，运维密钥 ${operatorKey}。How the systems stand; the registry, and its operator’s key.`,
    `数据交换 ${exchange.origin}：逐条取来各系统的记录，进度见 The exchange takes every record; how far it is: bin/hub exchange status --exchange ${exchange.origin} --key ${operatorKey}`,
    'Ctrl-C 结束全部进程。Ctrl-C ends everything.',
    '',
    `hub ready at ${url}`,
  ].join('\n');
}

/** As somebody in the working folder would write it. */
function shortest(file: string): string {
  const near = relative(process.cwd(), file);
  return near.startsWith('..') ? file : near;
}
