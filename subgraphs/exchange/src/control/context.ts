/**
 * What the resolvers of the control interface know.
 */
import type { LeafSource } from '@hub/schema';
import type postgres from 'postgres';

import type { ExchangeStore } from '../store/open-store.ts';
import type { HostedSystems } from '../submit/hosted-systems.ts';
import type { Actor } from './signers.ts';

/** What stays the same for every request. */
export interface ControlParts {
  readonly store: ExchangeStore;
  /** For the national side's own tables. */
  readonly sql: postgres.Sql;
  readonly leaves: LeafSource;
  /** Systems whose records the hub keeps: who pushes pushes to them. */
  readonly hosted: HostedSystems;
}

/** One request. */
export interface ControlContext extends ControlParts {
  readonly actor: Actor;
}
