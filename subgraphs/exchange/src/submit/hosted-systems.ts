/**
 * The systems that push, by code: those the hub runs from its province folder, and those that an operator had it host, which a
 * start takes up again.
 * @see schema/PROTOCOL.md 16 «Hosted systems»
 */
import type { SystemStore } from '@hub/kit';
import { HubError } from '@hub/schema';
import { sql } from 'kysely';

import type { ExchangeStore } from '../store/open-store.ts';

/** A system that is hosted and served. */
export interface HostedSystem extends SystemStore {
  /** Where its graph is served. */
  readonly url: string;
}

/** Why it is hosted. */
export interface HostingAsked {
  /** Where it was served when it was last hosted; null: it was not. */
  readonly before: string | null;
  /** By whom: an operator says so, or it was hosted before this start. */
  readonly by: 'OPERATOR' | 'START';
}

/**
 * Has a registered system hosted.
 * @throws HubError SYSTEM_UNKNOWN, CONTRACT_INVALID, REGISTRATION_INVALID.
 */
export type HostSystem = (code: string, asked: HostingAsked) => Promise<HostedSystem>;

/** A system as the routing table names it. */
interface Routed {
  readonly code: string;
  readonly url: string;
}

/** Who pushes to where. */
export interface HostedSystems {
  /** @returns Where its records are kept; undefined: it serves itself, or nobody hosts it. */
  get(code: string): SystemStore | undefined;
  /** @returns Where a system serves itself that is hosted; undefined: it does not. */
  elsewhere(code: string): string | undefined;
  /** The routing table names systems where they are: who is hosted and named elsewhere pushes no more, until it is named here again. */
  routed(rows: readonly Routed[]): void;
  /** @throws HubError as hosting it does; FORBIDDEN where nobody hosts. */
  host(code: string): Promise<HostedSystem>;
  /** Hosts again what was hosted. A system that serves itself by now is given up. */
  resume(): Promise<void>;
}

/** What it is made of. */
export interface HostingOptions {
  readonly hosted: readonly SystemStore[];
  readonly host: HostSystem | undefined;
  readonly onFault: (cause: unknown) => void;
}

/** @returns The list, with the systems of the province folder in it. */
export function hostedSystems({ db, reading }: ExchangeStore, { hosted, host, onFault }: HostingOptions): HostedSystems {
  const systems = new Map<string, SystemStore>(hosted.map((target) => [target.system.code, target]));
  /** Where those are served that an operator had hosted; systems of the folder publish themselves at each start. */
  const places = new Map<string, string>();
  const elsewhere = new Map<string, string>();
  const hostBy = async (host: HostSystem, code: string, asked: HostingAsked): Promise<HostedSystem> => {
    const target = await host(code, asked);
    const isOwn = hosted.some(({ system }) => system.code === code);
    if (!isOwn) {
      await sql`insert into hosted_system (system, endpoint) values (${code}, ${target.url})
        on conflict (system) do update set endpoint = excluded.endpoint`.execute(db);
      places.set(code, target.url);
      // The table that is held may still be from before.
      elsewhere.delete(code);
    }
    systems.set(code, target);
    return target;
  };
  const known = async (): Promise<readonly { readonly system: string; readonly endpoint: string }[]> =>
    (await sql<{ system: string; endpoint: string }>`select system, endpoint from hosted_system order by system`.execute(reading)).rows;
  return {
    get: (code) => (elsewhere.has(code) ? undefined : systems.get(code)),
    elsewhere: (code) => elsewhere.get(code),
    routed(rows) {
      for (const { code, url } of rows) {
        if ((places.get(code) ?? url) === url) elsewhere.delete(code);
        else elsewhere.set(code, url);
      }
    },
    async host(code) {
      if (host === undefined) throw noHosting;
      const before = (await known()).find(({ system }) => system === code)?.endpoint ?? null;
      return hostBy(host, code, { before, by: 'OPERATOR' });
    },
    async resume() {
      if (host === undefined) return;
      for (const { system, endpoint } of await known()) {
        try {
          await hostBy(host, system, { before: endpoint, by: 'START' });
        } catch (cause) {
          const isGivenUp = cause instanceof HubError && cause.code === 'REGISTRATION_INVALID';
          if (isGivenUp) await sql`delete from hosted_system where system = ${system}`.execute(db);
          onFault(cause);
        }
      }
    },
  };
}

const noHosting = new HubError('FORBIDDEN', {
  zh: '这个数据交换不代存系统的记录。',
  en: 'This exchange keeps no records for systems.',
});
