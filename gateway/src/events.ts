/**
 * What the gateway tells of itself while it runs: one closed set, for the log and for whoever watches.
 */
import type { Log } from '@hub/kit/process';

/** Something that happened, told once. */
export type GatewayEvent =
  | { readonly kind: 'supergraph-adopted'; readonly version: string; readonly subgraphs: readonly string[]; readonly ms: number }
  | { readonly kind: 'operations-prepared'; readonly version: string; readonly prepared: number; readonly of: number; readonly ms: number }
  | { readonly kind: 'supergraph-refused'; readonly why: string }
  | { readonly kind: 'supergraph-flawed'; readonly element: string; readonly why: string }
  | { readonly kind: 'supergraph-unreadable'; readonly why: string }
  | { readonly kind: 'routing-replaced'; readonly systems: number }
  | { readonly kind: 'routing-copy-refused'; readonly why: string }
  | { readonly kind: 'registry-unreachable'; readonly why: string }
  | { readonly kind: 'registry-reached' }
  | { readonly kind: 'system-refused'; readonly system: string; readonly why: string }
  | { readonly kind: 'answer-invalid'; readonly system: string; readonly why: string }
  | { readonly kind: 'answer-foreign'; readonly system: string; readonly why: string }
  | { readonly kind: 'address-refused'; readonly system: string; readonly why: string }
  | { readonly kind: 'subgraph-failed'; readonly subgraph: string; readonly why: string }
  | { readonly kind: 'usage-refused'; readonly why: string }
  | { readonly kind: 'usage-lost'; readonly requests: number; readonly why: string }
  | { readonly kind: 'fault'; readonly cause: unknown };

const texts: Readonly<Record<GatewayEvent['kind'], { readonly level: 'info' | 'warn' | 'error'; readonly text: string }>> = {
  'supergraph-adopted': { level: 'info', text: '已启用新的超图 supergraph adopted' },
  'operations-prepared': { level: 'info', text: '已为新的超图预备常用查询 the operations asked most are prepared for the new supergraph' },
  'supergraph-refused': { level: 'error', text: '新的超图无效，继续使用原有超图 supergraph refused, the old one keeps serving' },
  'supergraph-flawed': { level: 'warn', text: '超图中有个别查询无法正确回答之处 some operations over this supergraph will be refused' },
  'supergraph-unreadable': { level: 'warn', text: '暂时无法读取超图 supergraph cannot be read at the moment' },
  'routing-replaced': { level: 'info', text: '路由表已更新 routing table replaced' },
  'routing-copy-refused': { level: 'error', text: '路由表副本不可信，未采用 the copy of the routing table is not believed' },
  'registry-unreachable': {
    level: 'warn',
    text: '登记处无法连通，沿用现有路由表 registry cannot be reached, the routing table in force stays',
  },
  'registry-reached': { level: 'info', text: '登记处已恢复 registry is reached again' },
  'system-refused': { level: 'warn', text: '系统拒绝作答 system refused' },
  'answer-invalid': { level: 'warn', text: '系统的答复不符合契约 answer breaks the contract' },
  'answer-foreign': { level: 'error', text: '系统的答复冒用其他系统的记录，已整份弃用 answer speaks for another system and is dropped' },
  'address-refused': {
    level: 'error',
    text: '系统的地址（或其域名所指）不允许，未连接 address, or what its name leads to, is none a system may have',
  },
  'subgraph-failed': { level: 'warn', text: '子图未能作答 subgraph could not answer' },
  'usage-refused': {
    level: 'warn',
    text: '登记处未接受使用情况报告，稍后重报 the registry did not take a report of usage; it is sent again',
  },
  'usage-lost': { level: 'warn', text: '部分使用情况未能报告登记处 some usage could not be reported to the registry' },
  fault: { level: 'error', text: '内部错误 internal fault' },
};

/** @returns A listener that writes every event as one log line. */
export function logEvents(log: Log): (event: GatewayEvent) => void {
  return (event) => {
    const { level, text } = texts[event.kind];
    log[level](event.kind === 'fault' ? { err: event.cause } : event, text);
  };
}
