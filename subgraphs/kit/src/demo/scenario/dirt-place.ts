/**
 * What dirt needs to know of a wire field: what it is for, by the law alone, and whether a story hangs on it.
 * @see design/graph.md «Types»
 */
import type { BoardMapping, Dataset } from '@hub/schema';

/** A wire field, or with an empty code the record as a whole. */
export interface DirtPlace {
  readonly code: string;
  readonly type: string;
  readonly id: string | undefined;
  readonly part: string | undefined;
  readonly multi: boolean;
  readonly optional: boolean;
  /** Nothing of the board's, no key, no relation and no seal goes by it. */
  readonly free: boolean;
  /** No story hangs on the record: nothing of the board's, nothing with a key of its own. */
  readonly leaf: boolean;
  /** A notice that decides and counts nothing, and that no code looks up: told twice it changes no deal. */
  readonly twin: boolean;
  /** The notice's title where it is nothing else (a title that is also the lot would be another lot), its page, a deal's winners. */
  readonly role: 'title' | 'html' | 'winners' | undefined;
  /** Of the notice's title, whatever else it is. */
  readonly named: boolean;
  /** All wire fields of the dataset. */
  readonly codes: ReadonlySet<string>;
  /** Wire fields beside it: amount of a unit, codes of a list of parties, lots of the notice. */
  readonly amount: string | undefined;
  readonly partyCodes: string | undefined;
  readonly lots: string | undefined;
}

/** @returns The record as a whole, then its wire fields in the contract's order. */
export function placesOf(dataset: Dataset): readonly DirtPlace[] {
  const { notice, deal, key, fields, byCode } = dataset;
  const mapped = [...namesIn(notice), ...namesIn(deal)];
  const seals = [dataset.sealed, ...fields.map(({ sealed }) => sealed)];
  const hanging = new Set([
    ...mapped,
    ...seals.flatMap((seal) => [seal?.lot, seal?.lotIn]),
    ...fields.map(({ relation }) => relation?.from),
    byCode,
  ]);
  const wireOf = (name: unknown): string | undefined => fields.find((field) => field.name === name)?.wire[0]?.code;
  const decides = ['state', 'stateBy', 'count', 'each', 'isLot'].some((name) => Boolean(deal?.[name]));
  const ofAll = {
    leaf: notice === undefined && deal === undefined && key.length === 0,
    twin: notice !== undefined && !decides && byCode === undefined && !dataset.byFields,
    codes: new Set(fields.flatMap(({ wire }) => wire.map(({ code }) => code))),
    lots: wireOf(notice?.['lots']),
  };
  const whole = { code: '', type: '', id: undefined, part: undefined, multi: false, optional: true, free: false, role: undefined };
  const none = { named: false, amount: undefined, partyCodes: undefined };
  const title = notice?.['title'];
  const ofWires = fields.flatMap(({ name, wire: wires }): readonly DirtPlace[] => {
    const part = (wanted: string): string | undefined => wires.find((wire) => wire.part === wanted)?.code;
    return wires
      .filter(({ code }) => code !== '' && code !== 'DATA_TIMESTAMP')
      .map(({ code, type, id, part: own, multi, required, requiredWhen }, index) => ({
        ...ofAll,
        code,
        type,
        id,
        part: own,
        multi,
        named: name === title,
        optional: !required && requiredWhen === undefined,
        free: !hanging.has(name) && !key.includes(code),
        role:
          name === title && mapped.filter((one) => one === name).length === 1
            ? 'title'
            : name === notice?.['html'] && index === 0
              ? 'html'
              : name === deal?.['winners']
                ? 'winners'
                : undefined,
        amount: part('amount'),
        partyCodes: wires.find((wire) => wire.part === 'code' && wire.multi)?.code,
      }));
  });
  return [{ ...whole, ...ofAll, ...none }, ...ofWires];
}

/** Graph fields a mapping names. */
function namesIn(mapping: BoardMapping | undefined): readonly string[] {
  return Object.values(mapping ?? {}).flatMap((value) => (typeof value === 'boolean' ? [] : value));
}
