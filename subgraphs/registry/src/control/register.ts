/**
 * An operator registers a system with its first key. It is asked by nobody before it publishes.
 * @see control.graphql
 */
import { instantOf } from '@hub/kit/process';
import { isSystemCode, printInstant } from '@hub/schema';

import { systemEntity, type RegisteredSystem } from '../store/entities.ts';
import { assertRole } from './actor.ts';
import { assertContracts } from './contracts.ts';
import type { ControlContext } from './context.ts';
import { addKey, readPublicKey } from './keys.ts';
import { refused } from './refused.ts';
import { systemView, type SystemView } from './views.ts';

/** What an operator sends. */
export interface RegisterInput {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly owner: string;
  readonly ownerCode?: string | null;
  readonly region: string;
  readonly platformCodes: readonly string[];
  readonly coverageRegions: readonly string[];
  readonly coverageFrom?: string | null;
  readonly contracts: readonly string[];
  readonly key: unknown;
}

/** Names that signatures use for others than systems. */
const reserved: ReadonlySet<string> = new Set(['registry', 'gateway', 'operator', 'hub']);

/** @throws HubError FORBIDDEN, REGISTRATION_INVALID. */
export async function registerSystem({ input }: { readonly input: RegisterInput }, context: ControlContext): Promise<SystemView> {
  const { actor, store, ring } = context;
  assertRole(actor, 'OPERATOR');
  const { key, ...given } = input;
  const jwk = readPublicKey(key);
  judge(input);
  const view = await store.change(async (change) => {
    const { em, tell } = change;
    await assertContracts(em, input.contracts);
    if ((await em.count(systemEntity, { code: input.code })) > 0) {
      throw refused(`代码 ${input.code} 已被登记，代码永不复用。`, `The code ${input.code} is taken; codes are never reused.`);
    }
    const row: RegisteredSystem = {
      ...given,
      ownerCode: input.ownerCode ?? null,
      coverageFrom: input.coverageFrom ?? null,
      state: 'DRAFT',
      registeredAt: printInstant(instantOf(context.clock)),
      endpoint: null,
      version: null,
      seed: null,
    };
    await em.insert(systemEntity, row);
    await addKey(change, { role: 'SYSTEM', issuer: input.code, jwk, contracts: input.contracts });
    const detail = { name: input.name, contracts: input.contracts, key: jwk.kid };
    await tell({ who: actor.issuer, kid: actor.kid, what: 'REGISTERED', system: input.code, detail, routing: false });
    return systemView(row, store);
  });
  ring.forget();
  return view;
}

function judge({ code, name, nameEn, owner, region, coverageRegions, coverageFrom }: RegisterInput): void {
  if (!isSystemCode(code) || reserved.has(code)) {
    throw refused(`代码 ${code} 不可用：以小写字母开头，只含小写字母、数字、连字符，至多 63 个。`, `The code ${code} cannot be used.`);
  }
  const texts = { name, nameEn, owner };
  const bad = Object.entries(texts).filter(([, text]) => text.trim() === '' || text.length > 200);
  if (bad.length > 0) {
    const fields = bad.map(([field]) => field);
    throw refused(`${fields.join('、')} 须为 1–200 个字符。`, `${fields.join(', ')}: 1 to 200 characters.`);
  }
  const wrong = [region, ...coverageRegions].filter((regionCode) => !/^\d{6}$/.test(regionCode));
  if (wrong.length > 0)
    throw refused(`行政区划代码应为 6 位数字：${wrong.join('、')}。`, `A region code has six digits: ${wrong.join(', ')}.`);
  if (coverageFrom != null && !/^\d{4}-\d\d-\d\d$/.test(coverageFrom)) {
    throw refused('起始日应为 YYYY-MM-DD。', 'The first day is YYYY-MM-DD.');
  }
}
