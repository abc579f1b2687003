/** The kit's door: turns contracts and a PostgreSQL database into subgraphs. */
export { answerControl, type ControlOptions } from './control/answer-control.ts';
export { type Believing, believeRequest, refuseSigned, type SignedAnswer, type Signers, writeSigned } from './control/serve-signed.ts';
export { scenarioRecords } from './demo/scenario/scenario-records.ts';
export { settingOf } from './demo/setting.ts';
export { type FeedPlace, openCursor, sealCursor } from './feed/feed-cursor.ts';
export type { FeedEntry } from './feed/feed-entry.ts';
export { type FeedHead, changeMark, endEpoch, makeEpoch, readHead } from './feed/feed-head.ts';
export type { FeedPage } from './feed/feed-page.ts';
export { type FeedFilter, filterDigest, isFiltered } from './feed/filter.ts';
export { holdSealed } from './feed/hold-sealed.ts';
export { type OpenerOptions, startOpener } from './feed/opener.ts';
export { type Sequencer, type SequencerOptions, type SequencerStep, startSequencer } from './feed/sequencer.ts';
export { type FeedOptions, withFeed } from './feed/serve-feed.ts';
export { type Filled, type FillOptions, fillSystem } from './first-data/fill-system.ts';
export { type FirstData, readFirstData } from './first-data/read-first-data.ts';
export { buildSystemSchema, typeOfId } from './graph/build-schema.ts';
export { type SystemContext, type SystemStore, systemContext } from './graph/context.ts';
export { type GraphServer, serveGraph } from './graph/serve-graph.ts';
export { systemSdl } from './graph/system-sdl.ts';
export { scalars } from './graph/scalars.ts';
export { openProvinceFolder, type ProvinceFolder } from './province-folder.ts';
export { claimProvince } from './store/claim-province.ts';
export { type ConnectionOptions, type Connections, openConnections } from './store/connections.ts';
export { feedStatements } from './store/feed-statements.ts';
export { type Store, type StoreOptions, type StoredDataset, openStore } from './store/store.ts';
export { provinceCodes } from './system-codes.ts';
export { checkWireFiles } from './wire/check-wire-files.ts';
export { readWireBody } from './wire/read-wire-body.ts';
export { readWireFile } from './wire/read-wire-file.ts';
export type { WireEntry, WireFound, WireProblem } from './wire/wire-entry.ts';
export { writeJsonLine, writeXmlMessage } from './wire/write-message.ts';
export {
  type Accepted,
  type AcceptOptions,
  type Incoming,
  acceptAlongside,
  acceptRecords,
  batchSize,
  liveBatchSize,
} from './write/accept-records.ts';
export type { Outcome, RecordSource, WithdrawalReason } from './write/arrival.ts';
export { rebuildBoard } from './write/rebuild-board.ts';
