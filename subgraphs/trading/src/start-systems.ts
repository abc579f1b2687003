/**
 * Runs trading systems from their rows: each on a port of its own, all of them in one process and one database when they are
 * hosted together.
 * @see design/architecture.md «Layout»
 */
import { type RequestListener, type Server, createServer } from 'node:http';

import {
  type GraphServer,
  type Store,
  type SystemContext,
  type SystemStore,
  buildSystemSchema,
  claimProvince,
  holdSealed,
  openStore,
  provinceCodes,
  serveGraph,
  startOpener,
  startSequencer,
  systemContext,
  typeOfId,
  withFeed,
} from '@hub/kit';
import { gatewayIssuer, listenOn, type Trust } from '@hub/kit/process';
import { type Contract, type ContractLaw, HubError, type Province, type SystemRow, isHeldBySystems, law } from '@hub/schema';

import { openHostingDoor } from './hosting-door.ts';

/** Which systems to run, and where. */
export interface SystemsOptions {
  readonly databaseUrl: string;
  readonly province: Province;
  /** Whose requests they answer. */
  readonly trust: Trust;
  /** Codes; undefined: all systems of the province. */
  readonly codes?: readonly string[];
  /** Port of a system; 0 or undefined takes a free one. */
  readonly portOf?: (code: string) => number | undefined;
  readonly onFault: (cause: unknown) => void;
}

/** One system that runs. */
export interface RunningSystem extends SystemStore {
  /** Where its graph is served. */
  readonly url: string;
  /** Stops answering, as a system that is down; the others go on. */
  stop(): Promise<void>;
}

/** Systems that run. */
export interface TradingSystems extends AsyncDisposable {
  readonly store: Store;
  readonly systems: readonly RunningSystem[];
  /** Origin on which systems are served that are hosted later. */
  readonly hostingOrigin: string;
  /**
   * Runs one more system, whose records this database keeps; one that is hosted already goes on as its new row says.
   * @throws HubError CONTRACT_INVALID for a contract that no system of the province serves, and for a register, which is one system's.
   */
  host(system: SystemRow): Promise<RunningSystem>;
}

const poolSize = 20;

/**
 * @throws HubError SYSTEM_UNKNOWN for a code the province does not have; CONTRACT_INVALID for a contract there is not;
 * CONFIG_INVALID when several systems would hold one register, or the database holds another province; DATABASE_UNREACHABLE;
 * PORT_IN_USE.
 */
export async function startSystems(options: SystemsOptions): Promise<TradingSystems> {
  const rows = systemRows(options.province, options.codes);
  const contracts = heldContracts(rows);
  await using opened = new AsyncDisposableStack();
  let running = opened;
  const store = opened.use(await openStore({ url: options.databaseUrl, contracts: contracts.map(({ contract }) => contract), poolSize }));
  await claimProvince(store, options.province);
  const codes = provinceCodes(options.province);
  // Before anything gets a position.
  for (const system of rows) await holdSealed({ store, system, codes });
  opened.use(startSequencer({ url: options.databaseUrl, onFault: options.onFault }));
  opened.use(startOpener({ store, onFault: options.onFault }));
  const graphs = new Map<string, GraphServer<SystemContext>>();
  const listenerOf = async (system: SystemRow): Promise<RequestListener> => {
    const served = servedBy(system, contracts);
    const group = served.map(({ contract }: { contract: Contract }) => contract.name).join(' ');
    const graph = graphs.get(group) ?? running.use(await serveGraph<SystemContext>(buildSystemSchema(served), options.onFault));
    graphs.set(group, graph);
    const source = { store, system, codes };
    const verifier = options.trust.verifierFor(system.code);
    const answer = graph.listener({ verifier, issuer: gatewayIssuer, context: (signal) => systemContext(source, { typeOfId, signal }) });
    return withFeed(source, { verifier, onFault: options.onFault }, answer);
  };
  const systems: RunningSystem[] = [];
  for (const system of rows) {
    const source = { store, system, codes };
    const server = createServer(await listenerOf(system));
    const port = await listenOn(server, options.portOf?.(system.code) ?? 0);
    const stop = (): Promise<void> => closeServer(server);
    opened.defer(stop);
    systems.push({ ...source, url: `http://127.0.0.1:${port}/graphql`, stop });
  }
  const door = opened.use(await openHostingDoor());
  running = opened.move();
  return {
    store,
    systems,
    hostingOrigin: door.origin,
    async host(system) {
      assertHostable(system, contracts);
      const source = { store, system, codes };
      await holdSealed(source);
      const url = door.open(system.code, await listenerOf(system));
      return { ...source, url, stop: () => Promise.resolve(door.shut(system.code)) };
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

function assertHostable({ code, contracts: own }: SystemRow, known: readonly ContractLaw[]): void {
  const wrong = own.filter((name) => !known.some(({ contract }) => contract.name === name && contract.partitioned));
  if (wrong.length === 0 && own.length > 0) return;
  throw new HubError('CONTRACT_INVALID', {
    zh: `系统 ${code} 不能由枢纽代存：契约 ${wrong.join('、') || '（无）'} 不是本省各系统分持的契约。`,
    en: `The hub cannot keep records for ${code}: ${wrong.join(', ') || 'none'} is no contract that the systems of this province share.`,
    system: code,
  });
}

/**
 * Rows of a province by their codes, in that order; undefined: all of them.
 * @throws HubError SYSTEM_UNKNOWN, naming the codes there are.
 */
export function systemRows(province: Province, codes: readonly string[] | undefined): readonly SystemRow[] {
  if (codes === undefined) return province.systems;
  return codes.map((code) => {
    const row = province.systems.find((system) => system.code === code);
    if (row === undefined) {
      const known = province.systems.map((system) => system.code).join(', ');
      throw new HubError('SYSTEM_UNKNOWN', {
        zh: `没有代码为 ${code} 的交易系统。现有：${known}。`,
        en: `There is no trading system ${code}. Known: ${known}.`,
        system: code,
      });
    }
    return row;
  });
}

/**
 * All trading systems share one graph, made once: of contracts that its row does not list a system has no records. Who holds a
 * register serves what its row lists, for elsewhere a company is a reference to it.
 */
function servedBy({ contracts: own }: SystemRow, contracts: readonly ContractLaw[]): readonly ContractLaw[] {
  const listed = contracts.filter(({ contract }) => own.includes(contract.name));
  return listed.every(({ contract }) => contract.partitioned) ? contracts.filter(({ contract }) => contract.partitioned) : listed;
}

function heldContracts(rows: readonly SystemRow[]): readonly ContractLaw[] {
  const contracts = law().contracts.filter(({ contract }) => isHeldBySystems(contract));
  const names = new Set(rows.flatMap((row) => row.contracts));
  const missing = [...names].filter((name) => !contracts.some(({ contract }) => contract.name === name));
  if (missing.length > 0) {
    throw new HubError('CONTRACT_INVALID', {
      zh: `没有契约 ${missing.join('、')}，请核对系统登记的 contracts。`,
      en: `There is no contract ${missing.join(', ')}: check «contracts» of the systems' rows.`,
    });
  }
  for (const { contract } of contracts) {
    const holders = rows.filter((row) => row.state === 'PUBLISHED' && row.contracts.includes(contract.name)).map(({ code }) => code);
    if (!contract.partitioned && holders.length > 1) throw heldTwice(contract, holders);
  }
  return contracts.filter(({ contract }) => names.has(contract.name));
}

function heldTwice({ name, title }: Contract, holders: readonly string[]): HubError {
  return new HubError('CONFIG_INVALID', {
    zh: `共享登记「${title}」（契约 ${name}）只能由一个系统提供，systems.json 中 ${holders.join('、')} 的 contracts 都列了它；请只留一个。`,
    en: `The shared register ${name} is held by one system, but the rows of ${holders.join(', ')} in systems.json list it: leave one.`,
  });
}

function closeServer(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeAllConnections();
  return promise;
}
