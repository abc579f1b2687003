/**
 * Compares what is kept with what the hub signed, and names every entry that differs, by opening a few nodes of the hub's proof.
 * Changes nothing on either side.
 * @see design/feed.md 9; schema/PROTOCOL.md «Proof»
 */
import { type Comparison, findDifferences, HubError, type RangeStatement } from '@hub/schema';

import { assertSigned, type Sides } from '../check/check-statements.ts';

/** What came of it. */
export interface Reconciliation extends Comparison {
  readonly statement: RangeStatement;
}

/**
 * @returns What differs in positions 1 to the end of both sides.
 * @throws HubError SYSTEM_FAILED when an answer is not what the hub signed.
 */
export async function reconcile(sides: Sides & { readonly maxCalls?: number }): Promise<Reconciliation | undefined> {
  const { hub, store, maxCalls } = sides;
  const [feed, cursor] = [await hub.feed(), await store.cursor()];
  const [offered] = await hub.keys();
  if (offered === undefined) throw new HubError('SYSTEM_FAILED', { zh: '枢纽没有给出存证公钥。', en: 'The hub offers no key.' });
  const signer = await store.pin(offered);
  const to = Math.min(feed.head, cursor.position);
  if (to === 0) return undefined;
  const said = await hub.state({ from: 1, to });
  assertSigned(said, { epoch: feed.epoch, signer });
  const { statement } = said;
  if (statement.from !== 1 || statement.to !== to) {
    throw new HubError('SYSTEM_FAILED', { zh: '枢纽答的不是所问的范围。', en: 'The hub answers for another range than was asked.' });
  }
  const compared = await findDifferences(fresh(sides), {
    theirs: statement,
    ask: (nodes) => hub.open(nodes),
    ...(maxCalls === undefined ? {} : { maxCalls }),
  });
  return { ...compared, statement };
}

/** Roots that were kept say what was kept then: what is there now is read again. */
function fresh({ store }: Sides): { leavesOf: Sides['store']['leavesOf'] } {
  return { leavesOf: (piece) => store.leavesOf(piece) };
}
