/**
 * The harvest as the exchange runs it: the systems that the registry names, into the exchange's journal.
 * @see README «采集 Harvest»
 */
import type { PublicJwk, Signer } from '@hub/kit/process';

import type { ExchangeStore } from '../store/open-store.ts';

import { followRouting } from './follow-routing.ts';
import { journalOf } from './journal-of-store.ts';
import { type HarvestOptions, pause, startHarvest } from './start-harvest.ts';

/** How it is run. */
export interface ProvinceHarvestOptions extends Pick<HarvestOptions, 'reach' | 'resolve' | 'limits' | 'pagesAtOnce' | 'onFault'> {
  readonly store: ExchangeStore;
  /** Where the registry is, and what its routing tables are verified by. */
  readonly registry: { readonly origin: string; readonly publicKeys: readonly PublicJwk[] };
  /** Signs as `exchange`; the registry has the key with the role GATEWAY, systems trust it. */
  readonly signer: Signer;
}

/** A running harvest of a province. */
export interface ProvinceHarvest extends AsyncDisposable {
  /** Codes of the systems that are followed. */
  readonly followed: readonly string[];
}

/** Follows every published system from now on, new and moved ones without a new start. Ended by disposing of it. */
export function harvestProvince({ store, registry, signer, onFault, ...options }: ProvinceHarvestOptions): ProvinceHarvest {
  const harvest = startHarvest({ journal: journalOf(store), signer, onFault, clock: store.clock, ...options });
  const over = new AbortController();
  const following = followRouting({
    ...registry,
    signer,
    follow: (rows) => harvest.follow(rows),
    signal: over.signal,
    pause,
    onFault,
  }).catch(onFault);
  return {
    get followed() {
      return harvest.followed;
    },
    async [Symbol.asyncDispose]() {
      over.abort();
      await following;
      await harvest[Symbol.asyncDispose]();
    },
  };
}
