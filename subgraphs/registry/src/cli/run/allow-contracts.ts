/** `hub system allow`: an operator says which contracts a system's keys may serve. */
import { z } from 'zod';

import { openSession } from '../session.ts';
import { type RegistryFlags, systemOf } from '../settings.ts';
import { answer, type Terminal } from '../terminal.ts';

/** Flags of `allow`. */
export interface AllowFlags extends RegistryFlags {
  readonly contract: readonly string[];
}

const query =
  'mutation ($system: String!, $contracts: [String!]!) { allowContracts(system: $system, contracts: $contracts) { kid contracts valid } }';
const shape = z.object({
  allowContracts: z.array(z.object({ kid: z.string(), contracts: z.array(z.string()).nullable(), valid: z.boolean() })),
});

/** @throws HubError as asking the registry does. */
export async function allowContracts(code: string | undefined, flags: AllowFlags, terminal: Terminal): Promise<void> {
  const { settings, ask } = await openSession(flags, terminal, code);
  const system = systemOf(settings);
  const { allowContracts: keys } = await ask({ query, variables: { system, contracts: flags.contract } }, shape);
  const text = [
    `✓ ${system} 的 ${keys.length} 把密钥可提供 ${flags.contract.join('、')}；发布之后才生效。  ${keys.length} keys of ${system} may serve ${flags.contract.join(', ')}, once it publishes them.`,
  ];
  answer(terminal, flags.format, { kind: 'allowance', json: { system, keys }, text });
}
