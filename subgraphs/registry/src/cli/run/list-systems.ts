/** `hub system list`: the systems that the signer may see. */
import { z } from 'zod';

import { table } from '../print/table.ts';
import { orNone, worded } from '../print/words.ts';
import { openSession } from '../session.ts';
import type { RegistryFlags } from '../settings.ts';
import { systemFields, systemShape } from '../system-fields.ts';
import { answer, type Terminal } from '../terminal.ts';

const shape = z.object({ systems: z.array(systemShape) });
const head = ['代码 code', '名称 name', '状态 state', '进度 onboarding', '版本 version', '契约 contracts', '地址 endpoint'];

/** @throws HubError as asking the registry does. */
export async function listSystems(flags: RegistryFlags, terminal: Terminal): Promise<void> {
  const { ask } = await openSession(flags, terminal);
  const { systems } = await ask({ query: `{ systems { ${systemFields} } }` }, shape);
  const rows = systems.map(({ code, name, state, onboarding, version, contracts, endpoint }) => [
    code,
    name,
    worded(state),
    worded(onboarding),
    orNone(version),
    contracts.join(' '),
    orNone(endpoint),
  ]);
  answer(terminal, flags.format, { kind: 'systems', json: { systems }, text: table([head, ...rows]) });
}
