/**
 * Which contracts a system may list: those that systems hold, and a shared register only when no other system does.
 * @see design/partitioning.md «Operators»
 */
import type { EntityManager } from '@mikro-orm/postgresql';

import { releaseInForce } from '../contracts/release-book.ts';
import type { ContractHead } from '../contracts/release-texts.ts';
import { type RegisteredSystem, systemEntity } from '../store/entities.ts';
import { refused } from './refused.ts';

/** @throws HubError REGISTRATION_INVALID naming what is no contract of systems, as they are in force. */
export async function assertContracts(em: EntityManager, names: readonly string[]): Promise<void> {
  const known = (await inForce(em)).map(({ name }) => name);
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
  const registers = (await inForce(em)).filter(({ partitioned }) => !partitioned);
  const wanted = registers.filter(({ name }) => contracts.includes(name));
  if (wanted.length === 0) return;
  const others = await em.find(systemEntity, { code: { $ne: code }, state: 'PUBLISHED' });
  for (const { name, title } of wanted) {
    const holder = others.find((other) => other.contracts.includes(name));
    if (holder === undefined) continue;
    throw refused(
      `共享登记“${title}”（契约 ${name}）只能由一个系统提供，现由 ${holder.code} 提供。`,
      `The shared register ${name} is held by one system, at present by ${holder.code}.`,
    );
  }
}

/** @returns The contracts in force that systems answer. */
async function inForce(em: EntityManager): Promise<readonly ContractHead[]> {
  return ((await releaseInForce(em))?.contracts ?? []).filter(({ heldBySystems }) => heldBySystems);
}
