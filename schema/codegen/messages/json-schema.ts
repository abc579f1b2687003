/**
 * The JSON Schema (2020-12) of a contract's messages: one line of JSON, of any of its datasets, put or withdrawn.
 * @see PROTOCOL.md 6; https://json-schema.org/draft/2020-12/json-schema-core
 */
import type { Contract } from '../../src/contract.ts';
import type { FieldForm, MessageForm } from './message-form.ts';
import type { ValueForm } from './value-form.ts';

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

const present: Json = { type: 'string', pattern: '\\S' };
const blank: Json = { type: ['string', 'null'], pattern: '^\\s*$' };
const put: Json = { properties: { DATA_TYPE: { enum: ['1', '2', 1, 2] } }, required: ['DATA_TYPE'] };

/** @returns The text of the schema. */
export function contractJsonSchema({ name, title, version, edition }: Contract, forms: readonly MessageForm[]): string {
  const values = new Map(forms.flatMap(({ fields }) => fields.map(({ value }) => [value.name, value] as const)));
  const schema: Json = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `https://exchange-hub.example/schema/generated/messages/${name}.schema.json`,
    title: `${title}的报文`,
    description: `由契约 ${name}@${version}（${edition}）生成，勿改；不能说的见 PROTOCOL.md 6。Generated from the contract; PROTOCOL.md 6 says what it cannot say.`,
    type: 'object',
    required: ['title'],
    properties: {
      title: {
        type: 'object',
        required: ['DATA_EN', 'DATA_TYPE'],
        properties: {
          DATA_EN: { enum: forms.map(({ dataset }) => dataset) },
          DATA_TYPE: { enum: ['1', '2', '3', 1, 2, 3] },
          DATA_KEY: { type: ['string', 'null'] },
        },
        additionalProperties: { type: ['string', 'null'] },
      },
      context: { type: ['object', 'null'] },
    },
    allOf: forms.map(datasetRule),
    $defs: {
      blank,
      ...Object.fromEntries(forms.map((form) => [`${form.dataset}.context`, contextOf(form)])),
      ...Object.fromEntries(
        [...values.values()]
          .toSorted((a, b) => (a.name < b.name ? -1 : 1))
          .flatMap((form): [string, Json][] => [
            [form.name, valueOf(form)],
            [`${form.name}.optional`, { anyOf: [{ $ref: `#/$defs/${form.name}` }, { $ref: '#/$defs/blank' }] }],
          ]),
      ),
    },
  };
  return `${JSON.stringify(schema, undefined, 1)}\n`;
}

function datasetRule({ dataset, key, byFields }: MessageForm): Json {
  const keyFields: Json = {
    properties: { context: { type: 'object', properties: Object.fromEntries(key.map((code) => [code, present])), required: [...key] } },
    required: ['context'],
  };
  const dataKey: Json = { properties: { title: { properties: { DATA_KEY: present }, required: ['DATA_KEY'] } } };
  const keyed = key.length === 0 ? dataKey : byFields ? keyFields : { anyOf: [dataKey, keyFields] };
  const ofDataset: Json = { properties: { title: { type: 'object', properties: { DATA_EN: { const: dataset } }, required: ['DATA_EN'] } } };
  const content: Json = { properties: { context: { $ref: `#/$defs/${dataset}.context` } }, required: ['context'] };
  return when(ofDataset, { allOf: [keyed, when({ properties: { title: put } }, content)] });
}

function contextOf({ description, fields }: MessageForm): Json {
  const conditions = fields.flatMap(({ code, required, requiredWhen }): Json[] =>
    required || requiredWhen === undefined
      ? []
      : [
          when(
            { properties: { [requiredWhen.code]: { enum: [...requiredWhen.values] } }, required: [requiredWhen.code] },
            { properties: { [code]: present }, required: [code] },
          ),
        ],
  );
  return {
    description,
    type: 'object',
    required: fields.filter(({ required }) => required).map(({ code }) => code),
    properties: Object.fromEntries(fields.map((field) => [field.code, fieldOf(field)])),
    additionalProperties: { $ref: '#/$defs/blank' },
    ...(conditions.length === 0 ? {} : { allOf: conditions }),
  };
}

function fieldOf({ value, required, documentation }: FieldForm): Json {
  return { description: documentation, $ref: `#/$defs/${value.name}${required ? '' : '.optional'}` };
}

function valueOf({ values, pattern, length, maxLength }: ValueForm): Json {
  if (values !== undefined) {
    return { description: [...values].map(([code, label]) => `${code} ${label}`).join(' · '), enum: [...values.keys()] };
  }
  return {
    type: 'string',
    // A list may hold blank items, but it is not blank as a whole.
    ...(pattern === undefined ? { pattern: '\\S' } : { pattern: `^(?=[\\s\\S]*\\S)(${pattern})$` }),
    ...(length === undefined ? {} : { minLength: length }),
    ...(length === undefined && maxLength === undefined ? {} : { maxLength: length ?? maxLength ?? 0 }),
  };
}

function when(condition: Json, consequence: Json): Json {
  // oxlint-disable-next-line unicorn/no-thenable -- the schema's own word; nobody awaits it
  return { if: condition, then: consequence };
}
