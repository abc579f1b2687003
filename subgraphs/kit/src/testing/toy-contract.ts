/**
 * A contract with one dataset that has a field of every kind, so that reading is tested for kinds the standard's own datasets
 * happen not to order by.
 */
import { type Contract, type Dataset, readContract } from '@hub/schema';

const sdl = `
extend schema @contract(name: "toy", version: "1.0.0", edition: "none", title: "玩具")
type Thing @dataset(code: "THING", key: ["KEY"], byCode: "code", why: "A toy.") {
  name: String @wire(code: "NAME", type: "C..200") @visibility(to: PUBLIC) @indexed(order: true)
  title: String @wire(code: "TITLE", type: "C..600") @visibility(to: PUBLIC) @indexed
  code: BidSectionCode @wire(code: "CODE", type: "C..40") @visibility(to: PUBLIC) @indexed
  guid: String @wire(code: "GUID", type: "C..36", id: "guid") @visibility(to: PUBLIC) @indexed
  kind: Code @wire(code: "KIND", type: "C..10") @visibility(to: PUBLIC) @indexed
  region: Region @wire(code: "REGION", type: "C6") @visibility(to: PUBLIC) @indexed
  at: DateTime @wire(code: "AT", type: "yyyyMMddHHmmss") @visibility(to: PUBLIC) @indexed(order: true)
  day: Date @wire(code: "DAY", type: "yyyyMMdd") @visibility(to: PUBLIC) @indexed(order: true)
  weight: Decimal @wire(code: "WEIGHT", type: "N..20,6") @visibility(to: PUBLIC) @indexed(order: true)
  price: Money @wire(code: "PRICE", type: "N..20,6", part: "amount") @wire(code: "PRICE_UNIT", type: "C1", part: "unit") @visibility(to: PUBLIC) @indexed(order: true)
  count: Int @wire(code: "COUNT", type: "N..9") @visibility(to: PUBLIC) @indexed(order: true)
  flag: Boolean @wire(code: "FLAG", type: "C1") @visibility(to: PUBLIC) @indexed
  lots: [BidSectionCode!]! @wire(code: "LOTS", type: "C..ul", multi: true) @visibility(to: PUBLIC) @indexed
  owners: [Party!]! @wire(code: "OWNER", type: "C..2000", part: "name", multi: true) @wire(code: "OWNER_CODE", type: "C..2000", part: "code", id: "partyCode", multi: true) @visibility(to: PUBLIC) @indexed
}`;

/** The toy contract. */
export const toyContract: Contract = readContract(sdl);

/** Its one dataset. */
export const thing: Dataset = onlyDataset(toyContract);

function onlyDataset({ datasets: [dataset] }: Contract): Dataset {
  if (dataset === undefined) throw new RangeError('The toy contract has no dataset.');
  return dataset;
}
