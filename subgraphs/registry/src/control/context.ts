/**
 * What the resolvers of the control interface know.
 */
import type { Clock } from '@hub/kit/process';

import type { Judge } from '../checks/judge.ts';
import type { Examiner } from '../contracts/open-examiner.ts';
import type { ReleaseBook } from '../contracts/release-book.ts';
import type { KeyRing } from '../store/keys.ts';
import type { RegistryStore } from '../store/open-store.ts';
import type { Actor } from './actor.ts';

/** What stays the same for every request. */
export interface ControlParts {
  readonly store: RegistryStore;
  readonly ring: KeyRing;
  readonly clock: Clock;
  readonly judge: Judge;
  readonly examine: Examiner;
  readonly book: ReleaseBook;
  /** @throws HubError when gateways must not be sent to an address. */
  readonly assertReachable: (url: string) => void;
}

/** One request. */
export interface ControlContext extends ControlParts {
  readonly actor: Actor;
}
