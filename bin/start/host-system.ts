/**
 * A registered system that cannot serve a feed: the hub keeps its records, answers for it, and says so at the registry.
 * @see schema/PROTOCOL.md 16 «Hosted systems»; subgraphs/GUIDE.md
 */
import type { HostSystem } from '@hub/exchange';
import { rebuildBoard } from '@hub/kit';
import { instantOf, type SigningKey, systemClock } from '@hub/kit/process';
import type { Registry } from '@hub/registry';
import { HubError, servedSdl, type SystemRow } from '@hub/schema';
import type { TradingSystems } from '@hub/trading';

import { publishSystems } from './publish-systems.ts';

/** What hosts it. */
export interface Hosting {
  readonly registry: Registry;
  readonly trading: TradingSystems;
  /** Publishes in the operator's name: the system's own key is not here. */
  readonly operator: SigningKey;
}

type Registered = Awaited<ReturnType<Registry['systems']>>[number];

/** @returns What hosts one system. @throws HubError SYSTEM_UNKNOWN, CONTRACT_INVALID; REGISTRATION_INVALID when it serves itself. */
export function hostingBy({ registry, trading, operator }: Hosting): HostSystem {
  return async (code, { before, by }) => {
    const own = trading.systems.find(({ system }) => system.code === code);
    if (own !== undefined) return own;
    const row = (await registry.systems()).find((registered) => registered.code === code);
    if (row === undefined) {
      throw new HubError('SYSTEM_UNKNOWN', {
        zh: `没有登记过系统 ${code}：请先 hub system register。`,
        en: `No system ${code} is registered: hub system register first.`,
        system: code,
      });
    }
    // Who served itself and was withdrawn may be hosted, if an operator says so.
    const isFree = row.endpoint === null || row.endpoint === before || (row.state === 'WITHDRAWN' && by === 'OPERATOR');
    if (!isFree) throw servesItself(row);
    const system = await trading.host(rowOf(row));
    await rebuildBoard(system, instantOf(systemClock));
    const sdl = servedSdl(row.contracts);
    const [refusal] = await publishSystems(registry.origin, [{ code, url: system.url, key: operator, issuer: 'operator', sdl }]);
    if (refusal === undefined) return system;
    await system.stop();
    throw new HubError('REGISTRATION_INVALID', { zh: refusal.zh, en: refusal.en, system: code });
  };
}

function servesItself({ code, endpoint }: Registered): HubError {
  return new HubError('REGISTRATION_INVALID', {
    zh: `系统 ${code} 已发布自己的地址 ${endpoint}，由它自己提供数据；报送与数据流只能用一种。要改为报送，请先撤回它（hub system withdraw），代存后再恢复。`,
    en: `The system ${code} has published an endpoint of its own, ${endpoint}: it is one way or the other. To have it push, withdraw it first (hub system withdraw), and republish it once it is hosted.`,
    system: code,
  });
}

function rowOf({ code, name, nameEn, owner, ownerCode, region, platformCodes, contracts, registeredAt }: Registered): SystemRow {
  return {
    code,
    name,
    nameEn,
    owner: { name: owner, creditCode: ownerCode ?? undefined },
    region,
    platformCodes: platformCodes.map((both) => {
      const [platform = '', tradePlat = ''] = both.split('/');
      return { platform, tradePlat };
    }),
    contracts,
    registeredAt,
    state: 'PUBLISHED',
  };
}
