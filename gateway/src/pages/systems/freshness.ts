/**
 * How fresh each system is: when its newest record was received, as the province’s ordinary graph tells it, and whether it
 * answered at all. Asked only while somebody looks, and at most every few seconds, however many look.
 * @see design/partitioning.md «Coverage lives in the data»
 */
import { law, plural } from '@hub/schema';
import { z } from 'zod';

import type { SystemRow } from '../../route/table.ts';
import type { AskGraph, PageAnswer } from './ask-graph.ts';

/** What a system said when it was asked last. */
export interface Freshness {
  readonly answered: boolean;
  /** When its newest notice, or record of its register, was received; undefined: it has none, or did not say. */
  readonly receivedAt: string | undefined;
  /** Why it did not answer. */
  readonly reason: string | undefined;
  /** Since when; ISO 8601. */
  readonly since: string | undefined;
}

/** Knows how fresh systems are. */
export interface FreshnessWatch {
  /**
   * Asks again when what is known is old, and waits for it a while.
   * @returns What is known then, by system; a system that was not asked yet is not in it.
   */
  look(rows: readonly SystemRow[]): Promise<ReadonlyMap<string, Freshness>>;
}

/** Older is asked again; the page comes every 15 s. */
const maxAgeMs = 5000;
/** Nobody waits longer for a page. */
const patienceMs = 1500;
/** More than a system has. */
const systemMs = 3000;
const atOnce = 8;

/** @returns A watch that has asked nobody yet. */
export function watchFreshness(ask: AskGraph, nowMs: () => number = () => performance.now()): FreshnessWatch {
  let known: ReadonlyMap<string, Freshness> = new Map();
  let askedMs = -Infinity;
  let asking: Promise<void> | undefined;
  const askAll = async (rows: readonly SystemRow[]): Promise<void> => {
    const found = new Map<string, Freshness>();
    const waiting = rows.filter(({ state }) => state === 'published').values();
    const askOn = async (): Promise<void> => {
      for (const row of waiting) {
        const before = known.get(row.code);
        const answer = (await askOne(ask, row)) ?? before;
        if (answer === undefined) continue;
        // Its newest record is what it was when it last said so.
        const told = answer.answered ? answer : { ...answer, receivedAt: answer.receivedAt ?? before?.receivedAt };
        found.set(row.code, told);
        // Whoever does not wait sees what is known already.
        known = new Map([...known, [row.code, told]]);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, askOn));
    known = found;
    askedMs = nowMs();
  };
  return {
    async look(rows) {
      if (nowMs() - askedMs > maxAgeMs) asking ??= askAll(rows).finally(() => (asking = undefined));
      if (asking !== undefined) await Promise.race([asking, patience()]);
      return known;
    },
  };
}

function patience(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, patienceMs).unref());
}

/** What every list of the graph answers. */
const list = z.object({
  nodes: z.array(z.object({ receivedAt: z.string() })),
  coverage: z.object({ missing: z.array(z.object({ reason: z.string(), since: z.string().nullable() })) }),
});

async function askOne(ask: AskGraph, { code, contracts }: SystemRow): Promise<Freshness | undefined> {
  const field = listOf(contracts);
  if (field === undefined) return undefined;
  const query = `query SystemFreshness($systems: [String!]) { ${field}(first: 1, order: RECEIVED_DESC, filter: { systems: $systems }) { nodes { receivedAt } coverage { missing { reason since } } } }`;
  return freshnessIn(await ask({ query, variables: { systems: [code] }, grants: 'PUBLIC', timeoutMs: systemMs }), field);
}

/** @returns undefined when the graph could not be asked that. */
function freshnessIn({ data, errors }: PageAnswer, field: string): Freshness | undefined {
  const read = z.object({ [field]: list }).safeParse(data);
  const found = read.data?.[field];
  if (found === undefined) {
    const codes = errors.map(({ code }) => code);
    // Time that ran out here is no system’s fault: each has less of it.
    const away = codes.some((code) => code === 'SYSTEMS_UNAVAILABLE' || code === 'SYSTEM_FAILED');
    return away ? { answered: false, receivedAt: undefined, reason: undefined, since: undefined } : undefined;
  }
  const [missing] = found.coverage.missing;
  const receivedAt = found.nodes[0]?.receivedAt;
  if (missing === undefined) return { answered: true, receivedAt, reason: undefined, since: undefined };
  return { answered: false, receivedAt, reason: missing.reason, since: missing.since ?? undefined };
}

/** The board’s notices; of whoever has none, its first dataset. */
function listOf(contracts: readonly string[] | undefined): string | undefined {
  const named = law().contracts.filter(({ contract }) => contracts === undefined || contracts.includes(contract.name));
  const found = named.find(({ contract }) => contract.name === 'board') ?? named.find(({ contract }) => contract.datasets.length > 0);
  const [dataset] = found?.contract.datasets ?? [];
  return dataset === undefined ? undefined : plural(dataset.type);
}
