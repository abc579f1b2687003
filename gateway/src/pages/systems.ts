/**
 * The pages `/systems` and `/systems/CODE`: how every trading system stands, by the gateway’s own graph, as whoever opens them
 * may see it. When the registry is away they tell what the gateway knows. A gateway over somebody else’s graph has none.
 * @see README «Pages»
 */
import type { IncomingMessage } from 'node:http';

import { type Clock, instantOf } from '@hub/kit/process';
import { type Content, isSystemCode, markup, printInstant } from '@hub/schema';

import type { IdentifyCaller } from '../admit/caller.ts';
import type { Systems } from '../fetch/systems.ts';
import type { Generation } from '../plan/generation.ts';
import type { HttpAnswer } from '../respond/http.ts';
import type { FollowStatus } from '../route/follow-registry.ts';
import { hasDictionary } from './dictionary.ts';
import { answerWith, policyFor, writeDocument } from './document.ts';
import { askGraph } from './systems/ask-graph.ts';
import { watchFreshness } from './systems/freshness.ts';
import { printList } from './systems/print-list.ts';
import { printSystem } from './systems/print-system.ts';
import { askDetailed, askRegistered } from './systems/registered.ts';
import { systemsScript } from './systems/script.ts';
import { printSystemsPage } from './systems/shell.ts';
import { type OwnHealth, standingsOf } from './systems/standing.ts';
import { both } from './systems/words.ts';

/** What the pages are made from. */
export interface SystemsPageOptions {
  readonly inService: () => Pick<Generation, 'use' | 'partitioned' | 'subgraphs'>;
  readonly systems: Pick<Systems, 'rows' | 'get'>;
  readonly identify: IdentifyCaller;
  readonly clock: Clock;
  /** How far the gateway is with its registry; undefined: it follows none. */
  readonly followed: () => FollowStatus | undefined;
}

const root = '/systems';

/** @returns What answers a path under `/systems`; undefined when there is nothing. @throws HubError UNAUTHENTICATED */
export function openSystemsPage(options: SystemsPageOptions): (path: string, request: IncomingMessage) => Promise<HttpAnswer | undefined> {
  const { inService, systems, identify, clock, followed } = options;
  const ask = askGraph(inService);
  const freshness = watchFreshness(ask);
  const printed = (ms: number): string => printInstant(instantOf({ nowMs: () => ms }));
  const healthOf = (code: string): OwnHealth => {
    const { contactMs, trouble, isUp } = systems.get(code)?.health ?? {};
    return {
      away: isUp === false,
      contactAt: contactMs === undefined ? undefined : printed(contactMs),
      trouble: trouble === undefined ? undefined : { reason: trouble.reason, since: printed(trouble.sinceMs) },
    };
  };
  const write = async (request: IncomingMessage, status: number, page: Page): Promise<HttpAnswer> => {
    const withoutRegistry = page.registry ? undefined : { asOf: followed()?.asOf };
    const text = printSystemsPage({ title: page.title, body: page.body, now: printInstant(instantOf(clock)), withoutRegistry });
    const written = await writeDocument(text, { type: 'text/html', policy: policyFor(systemsScript) });
    const answer = answerWith(
      { ...written, headers: { ...written.headers, 'cache-control': 'no-store', vary: 'accept-encoding, authorization' } },
      request,
    );
    return answer.status === 200 ? { ...answer, status } : answer;
  };
  return async (path, request) => {
    const place = path.replace(/\/$/, '');
    const code = place.startsWith(`${root}/`) ? place.slice(root.length + 1) : undefined;
    if ((place !== root && code === undefined) || !hasDictionary(inService())) return undefined;
    const { grants } = await identify(request.headers.authorization);
    if (code === undefined) {
      const [registered, fresh] = await Promise.all([askRegistered(ask, grants), freshness.look(systems.rows)]);
      const shown = standingsOf({ registered, rows: systems.rows, freshness: fresh, healthOf });
      return write(request, 200, { title: '交易系统', body: printList(shown, clock.nowMs()), registry: registered !== undefined });
    }
    if (!isSystemCode(code)) return write(request, 404, nobody);
    const [detailed, fresh] = await Promise.all([askDetailed(ask, code, grants), freshness.look(systems.rows)]);
    const rows = systems.rows.filter((row) => row.code === code);
    const registered = detailed === undefined ? undefined : detailed === null ? [] : [detailed];
    const [shown] = standingsOf({ registered, rows, freshness: fresh, healthOf });
    if (shown === undefined) return write(request, 404, { ...nobody, registry: detailed !== undefined });
    const body = printSystem(shown, detailed ?? undefined, clock.nowMs());
    return write(request, 200, { title: `${shown.name} · 交易系统`, body, registry: detailed !== undefined });
  };
}

interface Page {
  readonly title: string;
  readonly body: Content;
  /** Whether the registry answered. */
  readonly registry: boolean;
}

const nobody: Page = {
  title: '没有这个系统',
  body: markup`<p class="back"><a href="/systems">← ${both('全部交易系统', 'All systems')}</a></p><h1>${both('没有这个系统', 'There is no such system')}</h1>`,
  registry: true,
};
