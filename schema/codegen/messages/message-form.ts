/**
 * What a message of each dataset must be, as data from which both the XSD and the JSON Schema are written.
 * @see PROTOCOL.md 6
 */
import type { CodeLists } from '../../src/codes.ts';
import type { Contract, Dataset } from '../../src/contract.ts';
import { type Condition, readCondition } from '../../src/validate/condition.ts';
import { type WireUse, wireUses } from '../../src/validate/wire-use.ts';
import { type ValueForm, valueForm } from './value-form.ts';

/** A message of a dataset. */
export interface MessageForm {
  readonly dataset: string;
  readonly type: string;
  readonly description: string;
  /** Fields that are the key without DATA_KEY; empty: DATA_KEY is required. */
  readonly key: readonly string[];
  /** The key fields are the key whatever DATA_KEY says, and a withdrawal names them too. */
  readonly byFields: boolean;
  readonly fields: readonly FieldForm[];
}

/** A field of a message. */
export interface FieldForm {
  readonly code: string;
  readonly value: ValueForm;
  readonly required: boolean;
  /** When it is required, if not always. */
  readonly requiredWhen: Condition | undefined;
  /** Chinese name first, then what no schema can say. */
  readonly documentation: string;
}

/** @returns The forms of a contract's datasets, in its order. */
export function messageForms(contract: Contract, codes: CodeLists): readonly MessageForm[] {
  return contract.datasets.map((dataset) => ({
    dataset: dataset.code,
    type: dataset.type,
    description: dataset.description,
    key: dataset.key,
    byFields: dataset.byFields,
    fields: [...Map.groupBy(wireUses(dataset), ({ wire }) => wire.code).values()].flatMap((uses) => fieldForm(dataset, uses, codes) ?? []),
  }));
}

function fieldForm(dataset: Dataset, uses: readonly WireUse[], codes: CodeLists): FieldForm | undefined {
  const [first] = uses;
  if (first === undefined) return undefined;
  const binding = uses.filter((use) => isBinding(dataset, use));
  // A graph field that is never null cannot be read without the one wire field it is made of.
  const promised = uses.some(({ field }) => field.nonNull && !field.list && field.wire.length === 1);
  const condition = binding.map(({ wire }) => readCondition(wire.requiredWhen ?? '')).find((found) => found !== undefined);
  return {
    code: first.wire.code,
    value: valueForm(first, codes),
    required: promised || binding.some(({ wire }) => wire.required),
    requiredWhen: condition,
    documentation: [...new Set([...uses.map(({ field }) => field.description), ...remarks(first, codes, condition)])].join(' · '),
  };
}

/** What one province added binds that province only, unless the dataset is the province's own (`severityOfAbsence`). */
function isBinding(dataset: Dataset, { wire }: WireUse): boolean {
  return wire.national || !dataset.national;
}

function remarks({ wire }: WireUse, codes: CodeLists, condition: Condition | undefined): readonly string[] {
  const list = codes.list(wire.list ?? '');
  return [
    wire.type,
    ...(wire.multi ? ['以半角分号连接 joined by ;'] : []),
    ...(list === undefined || list.complete ? [] : [`代码表 ${list.name}，不全，表外的值只警 list not known in full`]),
    ...(wire.id === undefined ? [] : [`标识 identifier: ${wire.id}`]),
    ...(condition === undefined ? [] : [`${condition.code} 为 ${condition.values.join('、')} 时必填 required then`]),
    ...(wire.national ? [] : ['一省自加 one province’s addition']),
  ];
}
