/**
 * Reads the parameters of one rule against the contracts: a field that the dataset does not have is a fault of the file, told with
 * the rule's id, and reading goes on.
 * @see schema/src/province/document.ts
 */
import type { CodeLists } from '../codes.ts';
import type { Dataset, Field, WireField } from '../contract.ts';
import { type Fields, optionalText } from '../province/document.ts';
import { type Condition, readCondition } from '../validate/condition.ts';
import { wireUses } from '../validate/wire-use.ts';

/** What rule files are read against. */
export interface RuleLaw {
  readonly datasets: ReadonlyMap<string, Dataset>;
  readonly codes: CodeLists;
}

/** A rule's object in its file, the dataset it is about, and the law. */
export interface RuleRow {
  readonly fields: Fields;
  readonly dataset: Dataset;
  readonly law: RuleLaw;
}

/** A wire field, by the graph field it fills. */
export interface NamedField {
  readonly code: string;
  readonly wire: WireField;
  readonly field: Field;
}

/** Notes a fault of the row's value. */
export function fault({ fields }: Pick<RuleRow, 'fields'>, name: string, said: { readonly zh: string; readonly en: string }): undefined {
  fields.faults.push({ file: fields.file, at: name === '' ? fields.at : `${fields.at}.${name}`, ...said });
}

/** @returns The field that the text names; undefined, noted as a fault, when the dataset has none of that code. */
export function namedField(row: RuleRow, name: string, text: unknown): NamedField | undefined {
  const use = wireUses(row.dataset).find(({ wire }) => wire.code === text);
  if (use !== undefined) return { code: use.wire.code, ...use };
  const { code } = row.dataset;
  return fault(row, name, { zh: `不是数据集 ${code} 的字段`, en: `is no field of dataset ${code}` });
}

/** @returns The field that a parameter names; undefined, noted, when it names none. */
export function fieldIn(row: RuleRow, name: string): NamedField | undefined {
  return namedField(row, name, row.fields.value(name));
}

/** @returns The fields that a list names; undefined, noted, when one is unknown or there are fewer than `atLeast`. */
export function fieldsIn(row: RuleRow, name: string, atLeast: number): readonly NamedField[] | undefined {
  const value = row.fields.value(name);
  if (!Array.isArray(value) || value.length < atLeast)
    return fault(row, name, { zh: `须为至少 ${atLeast} 个字段的列表`, en: `must be a list of at least ${atLeast} fields` });
  const found = value.map((text: unknown, place) => namedField(row, `${name}[${place}]`, text));
  const known = found.filter((field) => field !== undefined);
  return known.length === found.length ? known : undefined;
}

/** @returns A whole number from `least`; undefined when it is absent, or noted when it is none. */
export function countIn(row: RuleRow, name: string, least = 0): number | undefined {
  const value = row.fields.value(name);
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value >= least) return value;
  return fault(row, name, { zh: `须为不小于 ${least} 的整数`, en: `must be a whole number from ${least}` });
}

/** @returns The conditions of a parameter, one text or a list of them; none when it is absent. Each must be of the dataset. */
export function conditionsIn(row: RuleRow, name: string): readonly Condition[] {
  const value = row.fields.value(name);
  const texts: readonly unknown[] = value === undefined ? [] : Array.isArray(value) ? value : [value];
  return texts.flatMap((text): readonly Condition[] => {
    const condition = typeof text === 'string' ? readCondition(text) : undefined;
    if (condition === undefined) {
      fault(row, name, { zh: '不是条件（字段=值|值）', en: 'is no condition (FIELD=V|W)' });
      return [];
    }
    const found = namedField(row, name, condition.code);
    const unknown = found === undefined ? [] : unknownValues(row, found, condition.values);
    if (unknown.length > 0) fault(row, name, outsideList(found?.wire.list, unknown));
    return [condition];
  });
}

/** @returns Values that the field's code list, known in full, does not have. */
export function unknownValues({ law }: RuleRow, { wire }: NamedField, values: readonly string[]): readonly string[] {
  const { list } = wire;
  return list === undefined || !law.codes.complete(list) ? [] : values.filter((value) => !law.codes.isKnown(list, value));
}

/** @returns The fault that values are not in a list. */
export function outsideList(list: string | undefined, values: readonly string[]): { readonly zh: string; readonly en: string } {
  return { zh: `${values.join('、')} 不在代码表 ${list ?? ''} 中`, en: `has ${values.join(', ')}, not in code list ${list ?? ''}` };
}

/** @returns The row as if another dataset were meant, for parameters about other records; undefined, noted, when it is unknown. */
export function rowOf(row: RuleRow, name: string): RuleRow | undefined {
  const fields = row.fields.entry(name);
  const code = optionalText(fields, 'dataset');
  const dataset = code === undefined ? undefined : row.law.datasets.get(code);
  if (dataset === undefined) return fault({ fields }, 'dataset', { zh: '不是任何契约的数据集', en: 'is a dataset of no contract' });
  return { fields, dataset, law: row.law };
}
