/** The law's door: contracts, identifiers, rules, validation, canonical form, errors. Pure: no I/O, no clock. */
export { codeLists, contracts, servedSdl } from '../generated/contracts.ts';
export type { BoardMapping, Contract, Dataset, Direction, Field, Milestone, Relation, Seal, Visibility, WireField } from './contract.ts';
export { addDecimals, canonicalDecimal, compareDecimals, isDecimal, shiftDecimal } from './decimal.ts';
export { HubError, errorCodes, isErrorCode } from './errors.ts';
export type { ErrorCode, ErrorDetail } from './errors.ts';
export { defaultOrder, expandContract } from './expand-contract.ts';
export type { SharedSdl } from './expand-contract.ts';
export { orderName, plural, singular } from './naming.ts';
export { readContract } from './read-contract.ts';
export { decodeRecordId, encodeRecordId, isSystemCode } from './record-id.ts';
export type { RecordId } from './record-id.ts';
export { compareBytes, compareKeys, decodeSystemCursor, encodeSystemCursor, sortKindOf } from './sort-key.ts';
export type { SortKey, SortKind, SortOrder } from './sort-key.ts';
