/** `hub contract show`: one contract in force, who serves it, and its text. */
import { HubError } from '@hub/schema';
import { z } from 'zod';

import { table } from '../print/table.ts';
import { moment } from '../print/words.ts';
import { openSession } from '../session.ts';
import type { RegistryFlags } from '../settings.ts';
import { answer, type Terminal } from '../terminal.ts';

/** Flags of `show`. */
export interface ShowContractFlags extends RegistryFlags {
  readonly sdl: boolean;
}

const query = '{ contracts { name title version edition sha256 sdl systems since release } }';
const shape = z.object({
  contracts: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      version: z.string(),
      edition: z.string(),
      sha256: z.string(),
      sdl: z.string(),
      systems: z.array(z.string()),
      since: z.string(),
      release: z.number(),
    }),
  ),
});

/** With `--sdl` the text alone, fit for a file. @throws HubError CONTRACT_INVALID when there is none of that name. */
export async function showContract(name: string, flags: ShowContractFlags, terminal: Terminal): Promise<void> {
  const { ask } = await openSession(flags, terminal);
  const { contracts } = await ask({ query }, shape);
  const contract = contracts.find((known) => known.name === name);
  if (contract === undefined) {
    const known = contracts.map((one) => one.name).join(', ');
    throw new HubError('CONTRACT_INVALID', {
      zh: `没有契约 ${name}。现有：${known}。`,
      en: `There is no contract ${name}. Known: ${known}.`,
    });
  }
  const text = flags.sdl
    ? [contract.sdl.trimEnd()]
    : table([
        ['名称 name', contract.name],
        ['标题 title', contract.title],
        ['版本 version', contract.version],
        ['标准 edition', contract.edition],
        ['SHA-256', contract.sha256],
        ['自何时 since', `${moment(contract.since)}（发布 release ${contract.release}）`],
        [`系统 systems ${contract.systems.length}`, contract.systems.join(' ') || '-'],
      ]);
  answer(terminal, flags.format, { kind: 'contract', json: { contract }, text });
}
