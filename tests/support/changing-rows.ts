/**
 * What goes on in a province while somebody reads: notices come, are withdrawn, retitled or dated anew; systems are withdrawn,
 * published again, or join.
 * @see design/partitioning.md P1
 */
import { encodeRecordId, type WireRecord } from '@hub/schema';

import type { Dice } from './dice.ts';
import type { Federation } from './federation.ts';
import { fill } from './fill.ts';

/** What happened, as far as it matters to who reads. */
export interface Changes {
  /** Ids of rows that came, went or moved. */
  readonly moved: Set<string>;
  /** Ids of rows that were retitled and kept their place. */
  readonly retitled: Set<string>;
  /** Codes of systems that are in the table and published now. */
  readonly published: Set<string>;
}

/** Notices of each system by key, as they stand. */
export type Notices = ReadonlyMap<string, Map<string, WireRecord>>;

/** @returns The notices that systems were filled with. */
export function noticesOf({ kept, systems }: Federation): Notices {
  return new Map(
    systems.map(({ system }) => [
      system.code,
      new Map(
        kept.filter((one) => one.system === system.code && one.record.dataset === 'BOARD_NOTICE').map(({ key, record }) => [key, record]),
      ),
    ]),
  );
}

let arrivals = 0;

/** Lets a few things happen at random. */
export async function letThingsHappen(
  federation: Federation,
  throws: Dice,
  { notices, changes }: { readonly notices: Notices; readonly changes: Changes },
): Promise<void> {
  const target = throws.pick(federation.systems);
  const { code } = target.system;
  const own = notices.get(code) ?? new Map<string, WireRecord>();
  const [key = 'none', old] = own.size === 0 ? [] : throws.pick([...own]);
  const idOf = (known: string): string => encodeRecordId({ system: code, type: 'Notice', key: known });
  arrivals += 1;
  const receivedAt = `2026-11-02T00:00:00.${String(arrivals).padStart(6, '0')}Z`;
  const put = async (known: string, record: WireRecord): Promise<void> => {
    await fill(target, [record], { receivedAt });
    own.set(known, record);
  };
  switch (throws.int(6)) {
    case 0: {
      const fields = {
        TITLE: `道路改造 ${arrivals}`,
        CATEGORY: 'construction',
        STAGE: 'TENDER',
        PUBLISHED_AT: throws.pick(['20250131235959', '20260301000000', '20260815']),
      };
      changes.moved.add(idOf(`new${arrivals}`));
      return put(`new${arrivals}`, { dataset: 'BOARD_NOTICE', dataKey: `new${arrivals}`, op: 'put', fields });
    }
    case 1:
      if (old === undefined) return;
      changes.moved.add(idOf(key));
      await fill(target, [{ ...old, dataKey: key, op: 'withdraw' }], { receivedAt });
      own.delete(key);
      return;
    case 2:
      if (old === undefined) return;
      changes.moved.add(idOf(key));
      return put(key, {
        ...old,
        dataKey: key,
        fields: { ...old.fields, PUBLISHED_AT: throws.pick(['20240101000000', '20270101000000', '']) },
      });
    case 3:
      if (old === undefined) return;
      changes.retitled.add(idOf(key));
      return put(key, { ...old, dataKey: key, fields: { ...old.fields, TITLE: `改了 ${arrivals}` } });
    default:
      setState(federation, changes, { system: throws.pick([...federation.proxies.keys()]), published: throws.chance(0.6) });
  }
}

/** Publishes or withdraws a system; who never was in the table joins it. */
export function setState(
  { gateway, routes }: Federation,
  { published }: Pick<Changes, 'published'>,
  state: { readonly system: string; readonly published: boolean },
): void {
  if (state.published) published.add(state.system);
  else if (published.size > 2) published.delete(state.system);
  gateway.setSystems(routes.map((row) => ({ ...row, state: published.has(row.code) ? 'published' : 'withdrawn' })));
}
