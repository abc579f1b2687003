/**
 * Which contracts a system may list: those that systems hold, and a shared register only when no other system does.
 * @see design/partitioning.md «Operators»
 */
import { isHeldBySystems, law } from '@hub/schema';
import type { EntityManager } from '@mikro-orm/postgresql';

import { type RegisteredSystem, systemEntity } from '../store/entities.ts';
import { refused } from './refused.ts';

/** @throws HubError REGISTRATION_INVALID naming what is no contract of systems. */
export function assertContracts(names: readonly string[]): void {
  const known = law()
    .contracts.filter(({ contract }) => isHeldBySystems(contract))
    .map(({ contract }) => contract.name);
  const unknown = names.filter((name, place) => !known.includes(name) || names.indexOf(name) !== place);
  if (names.length > 0 && unknown.length === 0) return;
  const shown = unknown.join('、');
  throw refused(
    `契约应为 ${known.join('、')} 中的一个或几个，各列一次${shown === '' ? '' : `；${shown} 不对`}。`,
    `Contracts are one or more of ${known.join(', ')}, each once${shown === '' ? '' : `; not ${unknown.join(', ')}`}.`,
  );
}

/** @throws HubError REGISTRATION_INVALID when another published system holds a register that this one lists. */
export async function assertSoleHolder(
  em: EntityManager,
  { code, contracts }: Pick<RegisteredSystem, 'code' | 'contracts'>,
): Promise<void> {
  const registers = law().contracts.filter(({ contract }) => isHeldBySystems(contract) && !contract.partitioned);
  const wanted = registers.filter(({ contract }) => contracts.includes(contract.name));
  if (wanted.length === 0) return;
  const others = await em.find(systemEntity, { code: { $ne: code }, state: 'PUBLISHED' });
  for (const { contract } of wanted) {
    const holder = others.find((other) => other.contracts.includes(contract.name));
    if (holder === undefined) continue;
    throw refused(
      `共享登记“${contract.title}”（契约 ${contract.name}）只能由一个系统提供，现由 ${holder.code} 提供。`,
      `The shared register ${contract.name} is held by one system, at present by ${holder.code}.`,
    );
  }
}
