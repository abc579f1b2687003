/**
 * The exchange as a subgraph. Who may read what is the gateway's to hold; here all that it asks for is told.
 * @see schema/contracts/exchange.graphql
 */
import { buildSubgraphSchema } from '@apollo/subgraph';
import { scalars } from '@hub/kit';
import { HubError, law, quoted, serveContracts } from '@hub/schema';
import type { GraphQLSchema } from 'graphql';
import type postgres from 'postgres';

import { type AskedPage, askedPage } from '../feed/asked-page.ts';
import { type HubLine, readHubLine } from '../feed/read-lines.ts';
import { receiptPage } from '../receipts/receipt-page.ts';
import { type RefusedRequest, refusedRecords } from '../receipts/refused-records.ts';
import { sourceView } from '../receipts/source-view.ts';
import { type QualityArguments, qualityField } from '../quality/quality-field.ts';
import type { ExchangeStore } from '../store/open-store.ts';
import { readSources } from '../store/source-state.ts';
import { type DeclaredSystem, originConflicts } from './origin-conflicts.ts';
import { readWarnings } from './read-warnings.ts';
import { type LevelState, levelStates, readVersions, recordOfId, versionAsOf } from './record-history.ts';
import { recordIdOf, systemOf, toldEntry, toldInstant } from './told-entry.ts';
import { type OfDataset, toldVersion, toldVersions } from './told-version.ts';
import { violationsByReader } from './violations-by-reader.ts';

/** What the resolvers know. */
export interface ExchangeContext {
  readonly store: ExchangeStore;
  /** For the national side's own tables. */
  readonly sql: postgres.Sql;
  /** Systems as the registry has them, read once for a request. */
  readonly declared: () => Promise<readonly DeclaredSystem[]>;
}

interface OfRecord {
  readonly id: string;
}

/** @returns The executable schema. @throws HubError CONTRACT_INVALID when the law has no such contract. */
export function buildExchangeSchema(): GraphQLSchema {
  const contract = law().contracts.find(({ contract: { name } }) => name === 'exchange');
  if (contract === undefined) {
    throw new HubError('CONTRACT_INVALID', { zh: '缺少 exchange 契约。', en: 'The contract «exchange» is missing.' });
  }
  return buildSubgraphSchema([
    { typeDefs: serveContracts([contract.served]), resolvers: { ...scalars, System: { name: nameOfSystem }, Query: queries } },
  ]);
}

/** Every subgraph knows a system by code and name. */
async function nameOfSystem({ code }: { readonly code: string }, _args: unknown, { declared }: ExchangeContext): Promise<string | null> {
  const systems = await declared();
  return systems.find((system) => system.code === code)?.name ?? null;
}

const queries = {
  quality: (_: unknown, request: QualityArguments, { store }: ExchangeContext) => qualityField(store, request),

  exchangeFeed: async (_: unknown, request: AskedPage, { store }: ExchangeContext) => {
    assertPage(request.first);
    const { entries, ...page } = await askedPage(store, request);
    return { ...page, entries: await toldLines(store, entries) };
  },

  exchangeEntry: async (_: unknown, { position }: { readonly position: number }, { store }: ExchangeContext) => {
    const found = await readHubLine(store.reading, position);
    const [entry = null] = await toldLines(store, found === undefined ? [] : [found]);
    return entry;
  },

  recordHistory: async (_: unknown, { id }: OfRecord, { store, sql }: ExchangeContext) => {
    const name = nameOf(id);
    const versions = await readVersions(store, name);
    if (versions.length === 0) return null;
    const of = { law: store.law, dataset: name.dataset };
    const states = (await levelStates(sql, versions)).map((state) => toldState(of, state));
    return { id, ...name, system: systemOf(name.system), states, versions: toldVersions(of, versions) };
  },

  recordAsOf: async (_: unknown, { id, at }: OfRecord & { readonly at: string }, { store }: ExchangeContext) => {
    const name = nameOf(id);
    const version = await versionAsOf(store, name, at);
    if (version === undefined) return null;
    const versions = await readVersions(store, name);
    return toldVersion({ law: store.law, dataset: name.dataset }, version, versions);
  },

  recordStates: async (_: unknown, { id }: OfRecord, { store, sql }: ExchangeContext) => {
    const name = nameOf(id);
    const states = await levelStates(sql, await readVersions(store, name));
    return states.map((state) => toldState({ law: store.law, dataset: name.dataset }, state));
  },

  exchangeSources: async (_: unknown, _args: unknown, { store }: ExchangeContext) =>
    (await readSources(store)).map((state) => {
      const { system, since, heardAt, retryAt, ...source } = sourceView(state);
      return {
        ...source,
        system: systemOf(system),
        since: toldInstant(since),
        heardAt: toldInstant(heardAt),
        retryAt: toldInstant(retryAt),
      };
    }),

  refusedRecords: async (_: unknown, request: RefusedRequest, { store }: ExchangeContext) => {
    assertPage(request.first);
    const { nodes, cursor } = await refusedRecords(store, request);
    const told = nodes.map(({ system, violations, receivedAt, refusedAt, repairedAt, ...node }) => ({
      ...node,
      system: systemOf(system),
      ...violationsByReader(store.law, node.dataset, violations),
      receivedAt: toldInstant(receivedAt),
      refusedAt: toldInstant(refusedAt),
      repairedAt: toldInstant(repairedAt),
    }));
    return { nodes: told, cursor };
  },

  originConflicts: async (
    _: unknown,
    { system, first }: { readonly system?: string | null; readonly first: number },
    { store, declared }: ExchangeContext,
  ) => {
    assertPage(first);
    const conflicts = await originConflicts(store, { first, declared: await declared(), ...(system == null ? {} : { system }) });
    return conflicts.map(({ dataset, records, ...conflict }) => ({
      ...conflict,
      dataset,
      records: records.map((record) => ({
        ...record,
        id: recordIdOf(store.law, { ...record, dataset }),
        system: systemOf(record.system),
        acceptedAt: toldInstant(record.acceptedAt),
      })),
    }));
  },

  receipts: async (
    _: unknown,
    { system, after, first }: { readonly system: string; readonly after?: string | null; readonly first: number },
    { store }: ExchangeContext,
  ) => {
    assertPage(first);
    const from = positionIn(after);
    const { receipts, head, more } = await receiptPage(store, { system, after: from, first });
    const told = receipts.map((receipt) => ({ ...receipt, decidedAt: toldInstant(receipt.decidedAt) }));
    return { receipts: told, cursor: String(receipts.at(-1)?.position ?? from), head, more };
  },
};

async function toldLines(store: ExchangeStore, lines: readonly HubLine[]) {
  const warnings = await readWarnings(
    store,
    lines.map(({ position }) => position),
  );
  return lines.map(({ position, line }) => toldEntry(store.law, line, warnings.get(position)));
}

function toldState({ law, dataset }: OfDataset, { at, violations, ...state }: LevelState) {
  return { ...state, at: toldInstant(at), ...violationsByReader(law, dataset, violations) };
}

function nameOf(id: string) {
  const name = recordOfId(id);
  if (name !== undefined) return name;
  throw new HubError('ID_INVALID', { zh: `${quoted(id)} 不是记录标识。`, en: `${quoted(id)} is no id of a record.` });
}

function positionIn(cursor: string | null | undefined): number {
  if (cursor == null) return 0;
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor);
  throw new HubError('CURSOR_INVALID', { zh: '游标无法识别，请从第一页重来。', en: 'This is no cursor of receipts: begin again.' });
}

function assertPage(first: number): void {
  if (first >= 1 && first <= 100) return;
  throw new HubError('PAGE_SIZE_INVALID', { zh: `first 应为 1–100，现为 ${first}。`, en: `first is 1 to 100, not ${first}.` });
}
