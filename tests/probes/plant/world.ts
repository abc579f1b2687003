/**
 * A province in which secrets are planted, behind a gateway that runs, with a clock that stands where the test puts it.
 * @see design/graph.md «Who sees what»
 */
import type { GatewayOptions } from '@hub/gateway';
import { type Province, encodeRecordId, recordKey } from '@hub/schema';
import postgres from 'postgres';

import { type Federation, startFederation } from '../../support/federation.ts';
import { fill } from '../../support/fill.ts';
import { generatedProvince } from '../../support/generated-province.ts';
import { registers, trades } from '../../support/trades.ts';
import { type Asker, asking } from '../ask/send.ts';
import type { Onlooker } from './numbering.ts';
import { type PlannedRecord, planSystem } from './plan.ts';
import { planRegistry } from './registry.ts';
import { type SecretIndex, indexSecrets } from './search.ts';
import type { Secret } from './secret.ts';

/** What to plant, and behind which gateway. */
export interface WorldOptions {
  /** Trading systems; one more holds the registers. */
  readonly systems: number;
  /** What this caller may not read is otherwise in this world. */
  readonly otherwiseTo?: Onlooker;
  readonly gateway?: Partial<GatewayOptions>;
}

/** A planted province that runs. */
export interface World extends AsyncDisposable {
  readonly federation: Federation;
  readonly secrets: readonly Secret[];
  readonly index: SecretIndex;
  /** Ids and business codes of everything planted, by graph type. */
  readonly ids: ReadonlyMap<string, readonly string[]>;
  readonly codes: ReadonlyMap<string, readonly string[]>;
  /** Puts the systems' clock. */
  setClock(ms: number): Promise<void>;
  /** Asks the gateway. */
  readonly ask: Asker;
}

/** Arrival of what nothing seals, and of what is sealed: when that came is a secret too. */
const received = {
  open: '2026-11-01T00:00:00.000000Z',
  sealed: '2026-11-02T03:04:05.000001Z',
  otherwise: '2026-11-09T03:04:05.000002Z',
} as const;

/** Starts a world; `await using` ends it. */
export async function startWorld({ systems, otherwiseTo, gateway }: WorldOptions): Promise<World> {
  const secrets: Secret[] = [];
  const province = withRegisters(
    generatedProvince(systems + 1, (row) => {
      const planted = planRegistry(row, otherwiseTo);
      secrets.push(...planted.secrets);
      return { ...planted.row, contracts: trades };
    }),
  );
  await using opened = new AsyncDisposableStack();
  const federation = opened.use(await startFederation({ province, ...(gateway === undefined ? {} : { gateway }) }));
  const planned: (PlannedRecord & { readonly system: string })[] = [];
  for (const [place, system] of federation.systems.entries()) {
    const records = planSystem({ system: system.system, place, codes: system.codes, otherwiseTo });
    const isOtherwise = (record: PlannedRecord): boolean => otherwiseTo !== undefined && record.fromMs > otherwiseTo.nowMs;
    const groups = [
      { of: records.filter(({ fromMs }) => fromMs === 0), receivedAt: received.open },
      { of: records.filter((record) => record.fromMs > 0 && !isOtherwise(record)), receivedAt: received.sealed },
      { of: records.filter(isOtherwise), receivedAt: received.otherwise },
    ];
    let taken = 0;
    for (const { of, receivedAt } of groups) {
      const wire = of.map(({ record }) => record);
      taken += (await fill(system, wire, { receivedAt })).length;
    }
    if (taken !== records.length) throw new Error(`${records.length - taken} planted records were refused`);
    planned.push(...records.map((record) => ({ ...record, system: system.system.code })));
  }
  secrets.push(...planned.flatMap((record) => record.secrets));
  const clock = postgres(federation.databaseUrl, { max: 1, onnotice: () => {} });
  opened.defer(() => clock.end());
  const running = opened.move();
  return {
    federation,
    secrets,
    index: indexSecrets(secrets),
    ids: byType(planned, ({ dataset, record, system }) => {
      const key = recordKey(dataset, record);
      return key === undefined ? undefined : encodeRecordId({ system, type: dataset.type, key });
    }),
    codes: byType(planned, ({ dataset, record }) => {
      const field = dataset.fields.find(({ name }) => name === dataset.byCode);
      return record.fields[field?.wire[0]?.code ?? ''];
    }),
    ask: asking(federation.gateway.url),
    async setClock(ms) {
      await clock.unsafe(`create or replace function hub_now() returns timestamptz language sql stable parallel safe
        as $$ select '${new Date(ms).toISOString()}'::timestamptz $$`);
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** The last system holds the shared registers, the others trade everything. */
function withRegisters(province: Province): Province {
  const { systems } = province;
  return { ...province, systems: systems.map((row) => (row === systems.at(-1) ? { ...row, contracts: registers } : row)) };
}

function byType<T extends PlannedRecord>(
  planned: readonly T[],
  of: (record: T) => string | undefined,
): ReadonlyMap<string, readonly string[]> {
  const groups = Map.groupBy(planned, ({ dataset }) => dataset.type);
  return new Map([...groups].map(([type, records]) => [type, records.flatMap((record) => of(record) ?? [])]));
}
