/**
 * FEED: the feed that the exchange follows. A system without one is told so, and held to nothing of it.
 * @see schema/PROTOCOL.md 13
 */
import type { Audit } from '../audit.ts';
import { agreesWithGraph } from './feed/agrees-with-graph.ts';
import { closedSegments } from './feed/closed-segments.ts';
import { contentHash } from './feed/content-hash.ts';
import { densePositions } from './feed/dense-positions.ts';
import { entryForm } from './feed/entry-form.ts';
import { filtersComplete } from './feed/filters-complete.ts';
import { onlyTheExchange } from './feed/only-the-exchange.ts';
import { requestBounds } from './feed/request-bounds.ts';
import { samePage } from './feed/same-page.ts';
import { sealedCursors } from './feed/sealed-cursors.ts';
import { servesFeed } from './feed/serves-feed.ts';
import { snapshotTail } from './feed/snapshot-tail.ts';
import { waits } from './feed/waits.ts';

/** Audits of the feed. */
export const feedAudits: readonly Audit[] = [
  servesFeed,
  densePositions,
  samePage,
  entryForm,
  contentHash,
  filtersComplete,
  sealedCursors,
  snapshotTail,
  closedSegments,
  onlyTheExchange,
  requestBounds,
  waits,
  agreesWithGraph,
];
