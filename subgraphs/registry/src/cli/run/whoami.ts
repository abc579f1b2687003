/** `hub whoami`: who the registry takes the signer for. */
import { z } from 'zod';

import { table } from '../print/table.ts';
import { worded } from '../print/words.ts';
import { openSession } from '../session.ts';
import type { RegistryFlags } from '../settings.ts';
import { answer, type Terminal } from '../terminal.ts';

const shape = z.object({
  whoami: z.object({ name: z.string(), role: z.string(), kid: z.string(), contracts: z.array(z.string()).nullable() }),
});

/** @throws HubError as asking the registry does. */
export async function whoami(flags: RegistryFlags, terminal: Terminal): Promise<void> {
  const { ask, settings } = await openSession(flags, terminal);
  const { whoami: caller } = await ask({ query: '{ whoami { name role kid contracts } }' }, shape);
  const text = table([
    ['名义 name', caller.name],
    ['身份 role', worded(caller.role)],
    ['契约 contracts', caller.contracts?.join(' ') ?? '该系统的全部 all of its system’s'],
    ['密钥 key', caller.kid],
    ['密钥文件 key file', settings.keyFile],
    ['登记处 registry', settings.origin],
  ]);
  answer(terminal, flags.format, { kind: 'caller', json: { caller, keyFile: settings.keyFile, registry: settings.origin }, text });
}
