/**
 * Whose statements are believed: the keys that the operator gives, from then on and alone; else those the hub offered the first time.
 * @see schema/PROTOCOL.md «Proof»
 */
import { HubError, type Sm2PublicKey } from '@hub/schema';

import type { Hub } from '../hub/hub-client.ts';
import type { PulledStore } from '../store/pulled-store.ts';

/** Who is asked, and what was given. */
export interface Believing {
  readonly hub: Hub;
  readonly store: PulledStore;
  readonly signers?: readonly Sm2PublicKey[] | undefined;
}

/** @returns The keys. @throws HubError SYSTEM_FAILED when there is none. */
export async function believed({ hub, store, signers }: Believing): Promise<readonly Sm2PublicKey[]> {
  if (signers !== undefined) return store.believe(signers);
  const offered = await hub.keys();
  if (offered.length > 0) return store.pin(offered);
  throw new HubError('SYSTEM_FAILED', { zh: '枢纽没有给出存证公钥。', en: 'The hub offers no key of its statements.' });
}
