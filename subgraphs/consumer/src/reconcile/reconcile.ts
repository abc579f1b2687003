/**
 * Compares what is kept with what the hub signed, and names every entry that differs, by opening a few nodes of the hub's proof.
 * Changes nothing on either side, but for a hub that was restored from an earlier backup: there the last position is found up to
 * which both are the same, what is kept past it is set aside, and the next pull goes on from there, as often as that happens.
 * @see design/feed.md 6 and 9; schema/PROTOCOL.md «Proof»
 */
import { type Comparison, findDifferences, rangeRoot, type RangeStatement, segmentPositions } from '@hub/schema';

import { type Believing, believed } from '../check/believed.ts';
import { type Belief, type Sides, statedTo } from '../check/check-statements.ts';

/** What came of it. */
export interface Reconciliation extends Comparison {
  /** Undefined when both have nothing in common. */
  readonly statement: RangeStatement | undefined;
  /** Entries set aside because the hub, restored, has others at their positions, or none. */
  readonly setAside: number;
}

/**
 * @returns What differs in positions 1 to the end of both sides; undefined when there is nothing to compare.
 * @throws HubError SYSTEM_FAILED when an answer is not what the hub signed.
 */
export async function reconcile(sides: Believing & { readonly maxCalls?: number }): Promise<Reconciliation | undefined> {
  const { hub, store, maxCalls } = sides;
  const [feed, before] = [await hub.feed(), await store.cursor()];
  const signers = await believed(sides);
  const belief = { epoch: feed.epoch, signers };
  const isOther = before.epoch !== undefined && (before.epoch !== feed.epoch || before.position > feed.head);
  let [to, setAside] = [Math.min(feed.head, before.position), 0];
  if (isOther) {
    to = await lastAlike(sides, { ...belief, head: to });
    setAside = await store.adopt(before, { epoch: feed.epoch, position: to });
  }
  if (to === 0) return setAside === 0 ? undefined : { differences: [], calls: 0, complete: true, statement: undefined, setAside };
  const { statement } = await statedTo(hub, { ...belief, head: to });
  const compared = await findDifferences(fresh(sides), {
    theirs: statement,
    ask: (nodes) => hub.open(nodes),
    ...(maxCalls === undefined ? {} : { maxCalls }),
  });
  return { ...compared, statement, setAside };
}

/**
 * Whole segments by their roots, which cost little, halved until the last that is the same is found; then line by line in the next.
 * 0 when the first entry differs. That all up to there is the same, the comparison that follows proves.
 */
async function lastAlike({ hub, store }: Sides, belief: Belief): Promise<number> {
  let [alike, other] = [0, Math.floor(belief.head / segmentPositions) + 1];
  while (other - alike > 1) {
    const middle = Math.floor((alike + other) / 2);
    const { statement } = await statedTo(hub, { ...belief, head: middle * segmentPositions });
    if ((await rangeRoot(store, statement)).toString('hex') === statement.root) alike = middle;
    else other = middle;
  }
  let last = alike * segmentPositions;
  const range = { from: last + 1, to: Math.min(last + segmentPositions, belief.head) };
  if (range.to < range.from) return last;
  const theirs = await Array.fromAsync(hub.lines(range, { closed: false, epoch: belief.epoch }));
  for await (const line of store.linesOf(range)) {
    if (theirs[last + 1 - range.from]?.equals(line) !== true) break;
    last++;
  }
  return last;
}

/** Roots that were kept say what was kept then: what is there now is read again. */
function fresh({ store }: Sides): { leavesOf: Sides['store']['leavesOf'] } {
  return { leavesOf: (piece) => store.leavesOf(piece) };
}
