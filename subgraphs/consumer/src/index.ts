/** The consumer's door: everything a receiver of the feed needs, in one package that can be lifted out. */
export { assertSigned, type Belief, checkStatements, checkWhole, RootsDiffer, type Sides } from './check/check-statements.ts';
export { type Confirmation, type FeedState, type Hub, openHub, type Refused } from './hub/hub-client.ts';
export type { HubOptions } from './hub/http.ts';
export { openSigner, type RequestSigner, type SigningName } from './hub/sign-request.ts';
export { pull, type PullOptions, type PullOutcome, type PullStep } from './pull/pull.ts';
export { reconcile, type Reconciliation } from './reconcile/reconcile.ts';
export { openPostgresStore } from './store/postgres-store.ts';
export type { Cursor, PulledStore } from './store/pulled-store.ts';
export { type FolderOptions, writeFolder, type WrittenFolder } from './folder/write-folder.ts';
