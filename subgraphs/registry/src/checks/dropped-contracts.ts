/**
 * A system that stops serving a contract is told what it takes away: how many operations lately asked for it. Nobody can be made
 * to serve, so it is no refusal.
 * @see README «Checks»
 */
import { plural, readContract, singular } from '@hub/schema';
import type { EntityManager } from '@mikro-orm/postgresql';

import type { ReleaseTexts } from '../contracts/release-texts.ts';
import { daysBefore } from '../usage/days.ts';
import { usedCoordinates } from '../usage/used-coordinates.ts';
import type { Finding } from './finding.ts';

const days = 30;

/** `CONTRACT_DROPPED` for each. */
export async function droppedContracts(
  em: EntityManager,
  dropped: readonly string[],
  { law, nowMs }: { readonly law: ReleaseTexts; readonly nowMs: number },
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const { name, source } of law.contracts.filter((contract) => dropped.includes(contract.name))) {
    const types = readContract(source).datasets.map(({ type }) => type);
    const roots = types.flatMap((type) => [plural(type), singular(type), `${singular(type)}ByCode`].map((root) => `Query.${root}`));
    const used = await usedCoordinates(em, [...types, ...roots], { since: daysBefore(nowMs, days) });
    // One operation mostly asks for one list; where it asks for several it is counted with the most used.
    const operations = Math.max(0, ...[...used.values()].map((use) => use.operations));
    findings.push(findingOf(name, operations));
  }
  return findings;
}

function findingOf(contract: string, operations: number): Finding {
  const use =
    operations === 0
      ? { zh: `近 ${days} 天没有查询用到它`, en: `no operation of the last ${days} days asks for it` }
      : {
          zh: `近 ${days} 天至少有 ${operations} 种查询用到它`,
          en: `${operations} operations of the last ${days} days at least ask for it`,
        };
  return {
    code: 'CONTRACT_DROPPED',
    severity: 'WARNING',
    element: contract,
    line: 1,
    column: 1,
    messageZh: `发布后不再提供契约 ${contract}：本系统会从它的答案里消失；${use.zh}。`,
    messageEn: `The contract ${contract} is no longer served: this system goes from its answers; ${use.en}.`,
    remedyZh: '如非本意，请把它列回 contracts。',
    remedyEn: 'If that is not meant, list it in contracts again.',
  };
}
