/**
 * A contract of a made-up trade that says of lots, decisions and seals what the standard's trades say only here and there, so
 * that the board is tested for it whatever the standard's contracts use.
 */
import { type Contract, law, readContract } from '@hub/schema';

const open = '@visibility(to: PUBLIC)';
const project = `project: String @wire(code: "PROJECT", type: "C..40") ${open} @indexed`;
const lot = `lot: String @wire(code: "LOT", type: "C..40") ${open} @indexed`;
const winners = `winners: [Party!]! @wire(code: "WINNER", type: "C..200", part: "name", multi: true) @wire(code: "WINNER_CODE", type: "C..200", part: "code", multi: true) ${open} @indexed`;
const price = `price: Money @wire(code: "PRICE", type: "N..20,6", part: "amount") @wire(code: "PRICE_UNIT", type: "C1", part: "unit", list: "PRICE_UNIT") @wire(code: "PRICE_FORM", type: "C1", part: "form", list: "PRICE_FORM_CODE") ${open} @indexed`;
const soldOn = `soldOn: Date @wire(code: "SOLD", type: "yyyyMMdd") ${open} @indexed`;
const kind = `kind: Code @wire(code: "KIND", type: "C1", list: "YES_NO") ${open}`;

const sdl = `
extend schema @contract(name: "toy-trade", version: "1.0.0", edition: "none", title: "玩具交易", category: "property", direction: PUBLIC_RECEIVES)
type ToyPiece @dataset(code: "TOY_LOT", key: [], why: "A toy.") @deal(lot: "lot", lotIn: "project", isLot: true, title: "title", region: "region", reference: "price") {
  ${project} ${lot} ${price}
  title: String @wire(code: "TITLE", type: "C..200") ${open} @indexed
  region: Region @wire(code: "REGION", type: "C6") ${open} @indexed
}
type ToyNotice @dataset(code: "TOY_NOTICE", key: [], why: "A toy.")
  @notice(stage: "TENDER", title: "title", category: "category", publishedAt: "publishedOn", lots: "lots", lotsIn: "project")
  @deal(lot: "lots", lotIn: "project", category: "category", opensAt: ["opensAt"]) {
  ${project}
  lots: [String!]! @wire(code: "LOTS", type: "C..ul", multi: true) ${open} @indexed
  title: String @wire(code: "TITLE", type: "C..200") ${open} @indexed
  category: Code @wire(code: "CATEGORY", type: "C..20", list: "CATEGORY") ${open}
  publishedOn: Date @wire(code: "PUBLISHED", type: "yyyyMMdd") ${open}
  opensAt: DateTime @wire(code: "OPENS", type: "yyyyMMddHHmmss") ${open}
}
type ToyBid @dataset(code: "TOY_BID", key: [], why: "A toy.") @deal(lot: "lot", lotIn: "project", count: true) @sealed(until: OPENING, lot: "lot", lotIn: "project") {
  ${project} ${lot}
}
type ToySecret @dataset(code: "TOY_SECRET", key: [], why: "A toy.") @sealed(until: RESULT, lot: "lots", lotIn: "project") {
  ${project}
  lots: [String!]! @wire(code: "LOTS", type: "C..ul", multi: true) ${open} @indexed
}
type ToyResult @dataset(code: "TOY_RESULT", key: [], why: "A toy.")
  @deal(lot: "lot", lotIn: "project", title: "title", winners: "winners", price: "price", bidderCount: "bidders", decidedAt: "soldOn", stateBy: "kind", state: "AWARDED", states: ["0=FAILED"]) {
  ${project} ${lot} ${winners} ${price} ${soldOn} ${kind}
  title: String @wire(code: "TITLE", type: "C..200") ${open} @indexed
  bidders: Int @wire(code: "BIDDERS", type: "N..6") ${open}
}
type ToyReport @dataset(code: "TOY_REPORT", key: [], why: "A toy.") @deal(lot: "lot", lotIn: "project", decidedAt: "soldOn", state: "AWARDED") {
  ${project} ${lot} ${soldOn}
}
type ToyShare @dataset(code: "TOY_SHARE", key: [], why: "A toy.")
  @deal(lot: "lot", lotIn: "project", winners: "winners", price: "price", decidedAt: "soldOn", state: "AWARDED", each: true) {
  ${project} ${lot} ${winners} ${price} ${soldOn}
}
type ToyRegistration @dataset(code: "TOY_REGISTRATION", key: [], why: "A toy.")
  @deal(lot: "lot", lotIn: "project", winners: "winners", decidedAt: "soldOn", stateBy: "kind", states: ["1=AWARDED"], otherwise: true) {
  ${project} ${lot} ${winners} ${soldOn} ${kind}
}`;

/** The trade. */
export const toyTrade: Contract = readContract(sdl);

/** The same, before its lots were named within their project. */
export const toyTradeBefore: Contract = readContract(sdl.replaceAll(/, lots?In: "project"/g, ''));

/** Another trade, of equal datasets: its records name no category of their own. */
export const secondTrade: Contract = readContract(
  sdl
    .replace('"toy-trade"', '"second-trade"')
    .replace('"property", direction: PUBLIC_RECEIVES', '"land", direction: PUBLIC_RECEIVES')
    .replaceAll('category: "category", ', '')
    .replaceAll('type Toy', 'type Second')
    .replaceAll('"TOY_', '"SECOND_'),
);

/** @returns The contracts of systems with these trades: the trades and the board. */
export function withBoard(...trades: readonly Contract[]): readonly Contract[] {
  return [...law().contracts.flatMap(({ contract }) => (contract.name === 'board' ? [contract] : [])), ...trades];
}
