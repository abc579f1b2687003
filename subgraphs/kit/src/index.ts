/** The kit's door: turns contracts and a PostgreSQL database into subgraphs. */
export { type Filled, type FillOptions, fillSystem } from './first-data/fill-system.ts';
export { type FirstData, readFirstData } from './first-data/read-first-data.ts';
export { buildSystemSchema, typeOfId } from './graph/build-schema.ts';
export { type SystemContext, type SystemStore, systemContext } from './graph/context.ts';
export { type GraphServer, serveGraph } from './graph/serve-graph.ts';
export { systemSdl } from './graph/system-sdl.ts';
export { scalars } from './graph/scalars.ts';
export { openProvinceFolder, type ProvinceFolder } from './province-folder.ts';
export { claimProvince } from './store/claim-province.ts';
export { type Store, type StoreOptions, type StoredDataset, openStore } from './store/store.ts';
export { provinceCodes } from './system-codes.ts';
export { checkWireFiles } from './wire/check-wire-files.ts';
export { readWireFile } from './wire/read-wire-file.ts';
export type { WireEntry, WireFound, WireProblem } from './wire/wire-entry.ts';
export { writeJsonLine, writeXmlMessage } from './wire/write-message.ts';
export { type Accepted, type Incoming, acceptRecords, batchSize, liveBatchSize } from './write/accept-records.ts';
export type { Outcome, RecordSource } from './write/arrival.ts';
export { rebuildBoard } from './write/rebuild-board.ts';
