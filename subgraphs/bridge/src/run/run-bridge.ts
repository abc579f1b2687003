/**
 * Runs a bridge: rounds over all its entries, once or for as long as nobody ends it.
 * @see subgraphs/bridge/README.md
 */
import { setTimeout as delay } from 'node:timers/promises';

import { HubError } from '@hub/schema';

import { takeFolder } from '../folder/take-folder.ts';
import { entryName } from '../mapping/mapping.ts';
import { type Environment, hasRows, openReader } from '../read/open-reader.ts';
import { isOfOneView } from '../read/source-fault.ts';
import { holdingBridge } from '../state/bridge-lock.ts';
import { makeTables } from '../state/tables.ts';

import type { Bridge } from './bridge.ts';
import { type BridgeCount, addCounts, noCount } from './count.ts';
import { runEntry } from './run-entry.ts';

/** How a bridge is run. */
export interface RunOptions {
  readonly env: Environment;
  /** Folder of the mapping file, which a source's path is relative to. */
  readonly home: string;
  /** Pause between two rounds, ms; undefined: one round only. */
  readonly intervalMs: number | undefined;
  /** Called after each round that brought something. */
  readonly onRound: (count: BridgeCount) => void;
  /** Called when a round failed and is to be tried again; never with one round only. */
  readonly onFailure: (fault: HubError, againMs: number) => void;
  /** Called after each entry with what it brought. */
  readonly onEntry?: (entry: string, count: BridgeCount) => void;
  /** Called when one entry alone failed, for want of its view say; the others go on. Absent: the round fails. */
  readonly onEntryFailure?: (entry: string, fault: HubError) => void;
}

const longestPauseMs = 900_000;

/**
 * @returns What the last round brought.
 * @throws HubError of the first round that fails, when there is to be one only; CONFIG_INVALID at any rate, for waiting does not mend it.
 */
export async function runBridge(bridge: Bridge, options: RunOptions): Promise<BridgeCount> {
  const { store } = bridge.target;
  await makeTables(store.db);
  const { system, bridge: name } = bridge.mapping;
  return holdingBridge(store.db, { system, bridge: name }, () => rounds(bridge, options));
}

async function rounds(bridge: Bridge, options: RunOptions): Promise<BridgeCount> {
  const { intervalMs, onRound, onFailure } = options;
  let last = noCount;
  let failures = 0;
  for (;;) {
    try {
      last = await oneRound(bridge, options);
      failures = 0;
      if (intervalMs === undefined || last.read + last.withdrawn > last.unchanged) onRound(last);
    } catch (cause) {
      if (intervalMs === undefined || !(cause instanceof HubError) || cause.code === 'CONFIG_INVALID') throw cause;
      failures += 1;
      onFailure(cause, pauseMs(intervalMs, failures));
    }
    if (intervalMs === undefined || bridge.signal.aborted) return last;
    await delay(pauseMs(intervalMs, failures), undefined, { signal: bridge.signal }).catch(() => {});
    if (bridge.signal.aborted) return last;
  }
}

/** @returns The pause after so many failures: each doubles it, up to 15 minutes. */
export function pauseMs(intervalMs: number, failures: number): number {
  return failures === 0 ? intervalMs : Math.min(longestPauseMs, Math.max(1000, intervalMs) * 2 ** Math.min(failures, 10));
}

async function oneRound(bridge: Bridge, { env, home, onEntry, onEntryFailure }: RunOptions): Promise<BridgeCount> {
  const { source, datasets } = bridge.mapping;
  if (!hasRows(source)) return takeFolder(bridge, source, home);
  await using reader = openReader(source, { env, nowMs: bridge.nowMs });
  let count = noCount;
  for (const entry of datasets) {
    if (bridge.signal.aborted) break;
    const before = count;
    const onProgress: Bridge['onProgress'] = (name, more) => bridge.onProgress(name, addCounts(before, more));
    try {
      const brought = await runEntry({ ...bridge, onProgress }, reader, entry);
      count = addCounts(count, brought);
      onEntry?.(entryName(entry), brought);
    } catch (cause) {
      if (onEntryFailure === undefined || !isOfOneView(cause)) throw cause;
      onEntryFailure(entryName(entry), cause);
    }
  }
  return count;
}
