/** The kit's door: turns contracts and a PostgreSQL database into subgraphs. */
export { buildSystemSchema, typeOfId } from './graph/build-schema.ts';
export { type SystemContext, type SystemStore, systemContext } from './graph/context.ts';
export { type GraphServer, serveGraph } from './graph/serve-graph.ts';
export { scalars } from './graph/scalars.ts';
export { type Store, type StoreOptions, type StoredDataset, openStore } from './store/store.ts';
export { provinceCodes } from './system-codes.ts';
export { type Accepted, type Incoming, acceptRecords, batchSize } from './write/accept-records.ts';
export type { Outcome, RecordSource } from './write/arrival.ts';
