/**
 * Follows a source for as long as nobody ends it, as its engineer works on it: the mapping is read again before each round, a
 * view that is not there yet stops only itself, and a changed mapping or view is a reason to compare all rows.
 * @see subgraphs/GUIDE.md
 */
import { setTimeout as delay } from 'node:timers/promises';

import { HubError } from '@hub/schema';

import type { SystemStore } from '@hub/kit';

import { readMapping } from '../mapping/read-mapping.ts';
import type { Environment } from '../read/open-reader.ts';
import { viewDigests } from '../read/view-texts.ts';

import type { BridgeCount, RowFinding } from './count.ts';
import { pauseMs, runBridge } from './run-bridge.ts';

/** What to follow. */
export interface FollowOptions {
  readonly target: SystemStore;
  readonly mappingFile: string;
  /** Folder that a source's path is relative to. */
  readonly home: string;
  readonly env: Environment;
  readonly intervalMs: number;
  readonly nowMs: () => number;
  /** Aborted: end at the next border between batches. */
  readonly signal: AbortSignal;
  /** Let a comparison withdraw however many rows are gone: for a province of one's own. */
  readonly withdrawMany: boolean;
  readonly onFinding: (finding: RowFinding) => void;
  readonly onProgress: (entry: string, count: BridgeCount) => void;
  /** Called after each entry of each round. */
  readonly onEntry: (entry: string, count: BridgeCount) => void;
  readonly onEntryFailure: (entry: string, fault: HubError) => void;
  /** Called when a whole round failed. */
  readonly onFailure: (fault: HubError, againMs: number) => void;
}

/** Ends when the signal says so; what cannot be mended by waiting and editing is thrown. */
export async function followSource(options: FollowOptions): Promise<void> {
  const { signal, intervalMs, onFailure } = options;
  let failures = 0;
  while (!signal.aborted) {
    try {
      await oneRound(options);
      failures = 0;
    } catch (cause) {
      if (!(cause instanceof HubError)) throw cause;
      // A file that is being edited is looked at again as soon as ever; a database that is down is left alone ever longer.
      failures = cause.code === 'DATABASE_UNREACHABLE' ? failures + 1 : 0;
      onFailure(cause, pauseMs(intervalMs, failures));
    }
    await delay(pauseMs(intervalMs, failures), undefined, { signal }).catch(() => {});
  }
}

async function oneRound(options: FollowOptions): Promise<void> {
  const { target, mappingFile, env, home, onEntry, onEntryFailure, ...rest } = options;
  const mapping = await readMapping(mappingFile);
  if (mapping.system !== target.system.code) throw ofAnother(mappingFile, mapping.system, target.system.code);
  const views = await viewDigests(mapping, env);
  await runBridge(
    { ...rest, mapping, target, views },
    { env, home, intervalMs: undefined, onRound: () => {}, onFailure: () => {}, onEntry, onEntryFailure },
  );
}

function ofAnother(file: string, found: string, wanted: string): HubError {
  return new HubError('CONFIG_INVALID', {
    zh: `${file} 的 system 是 ${found}，hub.json 却是 ${wanted}：请改为一致。`,
    en: `The system of ${file} is ${found}, that of hub.json is ${wanted}: make them the same.`,
  });
}
