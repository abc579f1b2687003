/** `hub contract list`: the contracts in force, and their last releases. */
import { z } from 'zod';

import { releaseFields, releaseShape } from '../contract-fields.ts';
import { table } from '../print/table.ts';
import { moment, orNone, worded } from '../print/words.ts';
import { openSession } from '../session.ts';
import type { RegistryFlags } from '../settings.ts';
import { answer, type Terminal } from '../terminal.ts';

const query = `{ contracts { name title version edition sha256 systems since release } contractReleases(last: 10) { ${releaseFields} } }`;
const shape = z.object({
  contracts: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      version: z.string(),
      edition: z.string(),
      sha256: z.string(),
      systems: z.array(z.string()),
      since: z.string(),
      release: z.number(),
    }),
  ),
  contractReleases: z.array(releaseShape),
});

/** @throws HubError as asking the registry does. */
export async function listContracts(flags: RegistryFlags, terminal: Terminal): Promise<void> {
  const { ask } = await openSession(flags, terminal);
  const { contracts, contractReleases: releases } = await ask({ query }, shape);
  const text = [
    ...table([
      ['名称 name', '标题 title', '版本 version', '标准 edition', '系统 systems', '自发布 since release'],
      ...contracts.map(({ name, title, version, edition, systems, release }) => [
        name,
        title,
        version,
        edition,
        String(systems.length),
        String(release),
      ]),
    ]),
    '',
    ...table([
      ['发布 release', '状态 state', '提出 proposed', '提出者 by', '批准者 approved by', '说明 note'],
      ...releases.map(({ number, state, proposedAt, proposedBy, approvedBy, note, reason }) => [
        String(number),
        worded(state),
        moment(proposedAt),
        proposedBy,
        orNone(approvedBy),
        orNone(reason ?? note),
      ]),
    ]),
  ];
  answer(terminal, flags.format, { kind: 'contracts', json: { contracts, releases }, text });
}
