/**
 * The system a request is about, as it stands in the transaction.
 */
import { HubError } from '@hub/schema';
import type { EntityManager } from '@mikro-orm/postgresql';

import { type RegisteredSystem, systemEntity } from '../store/entities.ts';

/** @throws HubError SYSTEM_UNKNOWN. */
export async function findSystem(em: EntityManager, code: string): Promise<RegisteredSystem> {
  const found = await em.findOne(systemEntity, { code }, { disableIdentityMap: true });
  if (found !== null) return found;
  throw new HubError('SYSTEM_UNKNOWN', {
    zh: `没有登记过代码为 ${code} 的交易系统。`,
    en: `No trading system ${code} is registered.`,
    system: code,
  });
}
