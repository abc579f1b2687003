/**
 * Fixtures of the lint tests: the smallest contract that keeps the law, and how one with a single fault is told.
 */

/** Where a finding must point. */
export interface Pointed {
  /** Text that begins at the finding's place; where it stands several times, the last is meant. */
  readonly at: string;
  /** '' when the contract as a whole is meant. */
  readonly type: string;
  readonly field?: string;
}

/** A contract with one thing wrong in it, and how it is told. */
export interface WrongContract extends Pointed {
  readonly sdl: string;
  /** Further findings of the same lint, of one that shows at both ends. */
  readonly and?: readonly Pointed[];
  /** Texts of other contracts; the board when absent. */
  readonly beside?: readonly string[];
}

/** Lint code → the contracts it must find fault with. */
export type WrongContracts = Readonly<Record<string, readonly WrongContract[]>>;

export const head =
  'extend schema @contract(name: "trade", version: "1.0.0", edition: "V2.0", title: "交易", category: "construction", direction: PUBLIC_PAYS)';
export const hubHead = 'extend schema @contract(name: "trade", version: "1.0.0", edition: "V2.0", title: "登记", partitioned: false)';

/** `code: String`, public and indexed. */
export const code = '"编号" code: String @wire(code: "CODE", type: "C..20") @visibility(to: PUBLIC) @indexed';

/** @returns A contract with these definitions. */
export function trade(...definitions: readonly string[]): string {
  return [head, ...definitions].join('\n');
}

/** @returns A dataset `Thing` with a code and these further fields. */
export function thing(...fields: readonly string[]): string {
  return dataset('Thing', '', [code, ...fields]);
}

/** @returns A dataset of any name, with directives beside its @dataset. */
export function dataset(type: string, directives: string, fields: readonly string[]): string {
  return `"物" type ${type} implements Record @dataset(code: "${type.toUpperCase()}", key: [], why: "Nothing numbers it.") ${directives} {\n${fields.join('\n')}\n}`;
}

/** Statistics over Things that keep the law. */
export const statistics = `"统计" type Total {
  "各组" groups: [TotalGroup!]! @visibility(to: PUBLIC)
  "覆盖" coverage: Coverage! @visibility(to: PUBLIC)
}
"组" type TotalGroup {
  "方向" direction: Direction @merge(by: KEY) @visibility(to: PUBLIC)
  "数" things: Int! @merge(by: SUM) @visibility(to: PUBLIC)
}
extend type Query {
  "统计" total(partial: Boolean! = false @visibility(to: PUBLIC)): Total! @route(by: GROUP) @visibility(to: PUBLIC)
}`;

/** @returns A contract of one Thing, one field of which is at fault: found at the start of `at`. */
export function wrongField(text: string, name: string, at: string = name): WrongContract {
  return { sdl: trade(thing(text)), at, type: 'Thing', field: name };
}
