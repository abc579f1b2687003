/**
 * What the registry tells of systems through the graph, read. When it does not answer there is nothing, and the page says so.
 * @see schema/contracts/registry.graphql
 */
import { z } from 'zod';

import type { Grants } from '../../admit/caller.ts';
import type { AskGraph } from './ask-graph.ts';

const check = z.object({ checkedAt: z.string(), passed: z.boolean(), refusals: z.number(), warnings: z.number() });

const registered = z.object({
  code: z.string(),
  name: z.string().nullish(),
  nameEn: z.string().nullish(),
  owner: z.string().nullish(),
  contracts: z.array(z.string()).nullish(),
  state: z.enum(['DRAFT', 'PUBLISHED', 'WITHDRAWN']).nullish(),
  registeredAt: z.string().nullish(),
  onboarding: z.string().nullish(),
  version: z.number().nullish(),
  versionPublishedAt: z.string().nullish(),
  health: z.string().nullish(),
  lastContactAt: z.string().nullish(),
  check: check.nullish(),
});

const version = z.object({
  number: z.number(),
  publishedAt: z.string(),
  contracts: z.array(z.string()),
  sha256: z.string(),
  current: z.boolean(),
});
const event = z.object({ at: z.string(), what: z.string(), version: z.number().nullish(), reason: z.string().nullish() });

const detailed = registered.extend({
  region: z.object({ name: z.string().nullish() }).nullish(),
  versions: z.array(version).nullish(),
  events: z.array(event).nullish(),
  ownerCode: z.string().nullish(),
  platformCodes: z.array(z.string()).nullish(),
  endpointHost: z.string().nullish(),
  keyValidUntil: z.string().nullish(),
  checks: z.array(check).nullish(),
});

/** One system as the registry has it. */
export type Registered = z.output<typeof registered>;
/** With its past; fields the caller may not see are absent. */
export type Detailed = z.output<typeof detailed>;

const fields = `code name nameEn owner contracts state registeredAt onboarding version versionPublishedAt health lastContactAt
  check { checkedAt passed refusals warnings }`;
const past = `region { name } versions { number publishedAt contracts sha256 current }`;
const open = `${past} events { at what version }`;
const forGovernment = `${past} events { at what version reason }
  ownerCode platformCodes endpointHost keyValidUntil checks { checkedAt passed refusals warnings }`;

const timeoutMs = 3000;

/** @returns All systems; undefined when the registry does not answer. */
export async function askRegistered(ask: AskGraph, grants: Grants): Promise<readonly Registered[] | undefined> {
  const { data } = await ask({ query: `query SystemsPage { systems { ${fields} } }`, grants, timeoutMs });
  return z.object({ systems: z.array(registered) }).safeParse(data).data?.systems;
}

/** @returns One system; null: there is none; undefined: the registry does not answer. */
export async function askDetailed(ask: AskGraph, code: string, grants: Grants): Promise<Detailed | null | undefined> {
  const seen = grants === 'PUBLIC' ? open : forGovernment;
  const query = `query SystemPage($code: String!) { system(code: $code) { ${fields} ${seen} } }`;
  const { data, errors } = await ask({ query, variables: { code }, grants, timeoutMs });
  if (errors.length > 0) return undefined;
  return z.object({ system: detailed.nullable() }).safeParse(data).data?.system;
}
