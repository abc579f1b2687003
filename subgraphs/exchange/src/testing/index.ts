/** What tests of the exchange and of what is built on it need. Never imported by a running hub. */
export { type HostedSystems, goodRecord, openHostedSystems, submissionOfLines } from './hosted-system.ts';
export { type TestExchange, openTestExchange } from './test-exchange.ts';
export { entryOf, pageOf, withdrawalOf } from './taken-entries.ts';
export { lenientContracts, parentRules } from './lenient-law.ts';
export { type FakeRegistry, openFakeRegistry } from './fake-registry.ts';
export { submitRecords } from '../submit/submit-records.ts';
export { type FakeFeed, fakeFeed } from './fake-feed.ts';
export { type FeedServer, type Misbehaviour, openFeedServer } from './feed-server.ts';
export { registeredSigners } from './registered-signers.ts';
