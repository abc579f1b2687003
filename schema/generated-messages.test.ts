/**
 * The schemas that are generated for the messages of each dataset say what the law says, as far as a schema can.
 * @see PROTOCOL.md 6; codegen/messages/
 */
import { readFileSync, readdirSync } from 'node:fs';

import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';

import { messageSchemas } from './codegen/messages-preset.ts';
import { sampleJson, sampleXml } from './src/dictionary/sample/sample-message.ts';
import { sampleRecord } from './src/dictionary/sample/sample-record.ts';
import { law } from './src/law.ts';
import { validateRecord } from './src/validate/validate-record.ts';
import type { Violation } from './src/validate/violation.ts';
import type { WireRecord } from './src/wire-record.ts';

const folder = new URL('generated/messages/', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, folder), 'utf8');
const { contracts, codes } = law();
const withDatasets = contracts.map(({ contract }) => contract).filter(({ datasets }) => datasets.length > 0);
const validators = new Map(
  withDatasets.map(({ name }) => [
    name,
    new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false, strictTypes: false }).compile(
      JSON.parse(read(`${name}.schema.json`)),
    ),
  ]),
);
const samples = withDatasets.flatMap((contract) =>
  contract.datasets.map((dataset) => ({ contract, dataset, record: sampleRecord(contract, dataset, codes) })),
);
const section = samples.find(({ dataset }) => dataset.code === 'SECTION');
if (section === undefined) throw new Error('the standard has sections');

function jsonHolds(contract: string, message: unknown): boolean {
  return validators.get(contract)?.(message) === true;
}

/** What libxml2 finds wrong in a document, by a contract's types and a schema that includes them. */
async function xmlProblems(contract: string, schema: string, xml: string): Promise<readonly string[]> {
  const { errors } = await validateXML({
    xml: [{ fileName: 'message.xml', contents: xml }],
    schema: [{ fileName: 'door/door.xsd', contents: schema }],
    preload: [{ fileName: `${contract}.xsd`, contents: read(`${contract}.xsd`) }],
  });
  return errors.map(({ message }) => message);
}

test('there is a file for every contract and dataset, and no other', () => {
  const wanted = withDatasets.flatMap((contract) => messageSchemas(contract, codes).map(({ path }) => path));
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.includes('.'));
  expect(found.toSorted()).toEqual(wanted.toSorted());
});

describe('the JSON Schemas', () => {
  test.each(samples)('a whole record of $dataset.type is one', ({ contract, record }) => {
    const validate = validators.get(contract.name);
    expect({ valid: validate?.(JSON.parse(sampleJson(record))), errors: validate?.errors }).toEqual({ valid: true, errors: null });
  });

  test('they and the rules agree, whatever stands in a field', () => {
    const texts = ['', ' ', '0', '1', '2', 'T', 'X', '标', '-1.50', '+007', '1.23456789', '1e5', '1,5', '99999999999999999999999999'];
    const dates = ['20260101', '20260230', '202613011200', '202601011200', '20260101235959', '20260101245959', '18991231', '2026/01/01'];
    const value = fc.oneof(
      fc.constantFrom(...texts, ...dates, '1;1', ';', '20260101;x', 'PUBLIC_PAYS'),
      fc.integer({ min: 1, max: 2100 }).map((length) => 'x'.repeat(length)),
    );
    const changed = fc.constantFrom(...samples).chain((sample) =>
      fc
        .array(fc.tuple(fc.constantFrom(...Object.keys(sample.record.fields), 'NO_SUCH_FIELD'), fc.option(value)), {
          minLength: 1,
          maxLength: 3,
        })
        .map((changes) => ({ code: sample.dataset.code, changes })),
    );
    fc.assert(
      fc.property(changed, ({ code, changes }) => {
        const { contract, dataset, record } = samples.find((sample) => sample.dataset.code === code) ?? section;
        const fields = Object.fromEntries(
          Object.entries({ ...record.fields, ...Object.fromEntries(changes) }).filter(
            (entry): entry is [string, string] => entry[1] !== null,
          ),
        );
        const message: WireRecord = { ...record, fields };
        const { refusals, warnings } = validateRecord(dataset, message, { codes, sourceKind: 'SYSTEM' });
        const sayable = [...refusals, ...warnings].filter(isSayable).map(({ rule, field }) => `${rule} ${field}`);
        expect({ valid: jsonHolds(contract.name, JSON.parse(sampleJson(message))), sayable }).toEqual({
          valid: sayable.length === 0,
          sayable,
        });
      }),
      { numRuns: 2_000 },
    );
  });

  const { contract, record } = section;
  const line = (title: Record<string, unknown>, context?: unknown) => ({ title: { DATA_EN: 'SECTION', ...title }, context });
  test.each([
    ['a withdrawal by its DATA_KEY', line({ DATA_TYPE: '3', DATA_KEY: '1' }), true],
    ['a withdrawal by its key fields', line({ DATA_TYPE: 3 }, record.fields), true],
    ['a withdrawal that names nothing', line({ DATA_TYPE: '3' }), false],
    ['a record that names nothing', line({ DATA_TYPE: '1' }, { ...record.fields, BID_SECTION_CODE: '' }), false],
    ['no content', line({ DATA_TYPE: '1', DATA_KEY: '1' }), false],
    ['a dataset of another contract', { title: { DATA_EN: 'BOARD_NOTICE', DATA_TYPE: '1', DATA_KEY: '1' }, context: {} }, false],
  ])('%s: %#', (_, message, valid) => expect(jsonHolds(contract.name, message)).toBe(valid));
});

describe('the XSDs', () => {
  test.each(withDatasets)('a whole record of every dataset of $name is one', async (contract) => {
    const own = samples.filter((sample) => sample.contract === contract);
    const elements = own.map(({ dataset }) => `<xs:element name="${dataset.type}" type="${dataset.code}.context"/>`).join('');
    const all = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:include schemaLocation="../${contract.name}.xsd"/>
      <xs:element name="ALL"><xs:complexType><xs:sequence>${elements}</xs:sequence></xs:complexType></xs:element></xs:schema>`;
    const contents = own.map(({ dataset, record }) => {
      const [, fields = ''] = /<CONTEXT>([\s\S]*)<\/CONTEXT>/.exec(sampleXml(record)) ?? [];
      return `<${dataset.type}>${fields}</${dataset.type}>`;
    });
    expect(await xmlProblems(contract.name, all, `<ALL>${contents.join('')}</ALL>`)).toEqual([]);
  });

  const { contract, record } = section;
  const problems = (message: WireRecord) => xmlProblems(contract.name, read(`${contract.name}/SECTION.xsd`), sampleXml(message));
  const changed = (fields: Record<string, string>): WireRecord => ({ ...record, fields: { ...record.fields, ...fields } });
  test.each([
    ['a record as it stands', {}],
    ['blanks around a date and a code', { CREATE_TIME: ' 20261122090000\n', PRICE_UNIT: ' 1 ' }],
    ['a blank field that may be absent', { LIMITE_TIME: '', BEGIN_DATE: '  ' }],
    ['zeros that change nothing', { CONTRACT_RECKON_PRICE: '0000000000000000000001.50000000' }],
  ])('%s is accepted', async (_, fields) => expect(await problems(changed(fields))).toEqual([]));

  test.each([
    ['a required field that is blank', { BID_SECTION_NAME: ' ' }],
    ['a text that is too long', { BID_SECTION_NAME: '标'.repeat(501) }],
    ['a code outside a complete list', { PRICE_UNIT: '7' }],
    ['too many decimals', { CONTRACT_RECKON_PRICE: '1.1234567' }],
    ['the 31st of April', { CREATE_TIME: '20260431090000' }],
    ['a field that the dataset does not have', { NO_SUCH_FIELD: '1' }],
  ])('%s is refused', async (_, fields) => expect(await problems(changed(fields))).not.toEqual([]));
});

/** What lengths, patterns and enumerations can say: not the calendar's leap years, and not how great an Int may be. */
function isSayable({ rule, severity, messageZh }: Violation): boolean {
  if (rule === 'CODE_UNKNOWN') return severity === 'refusal';
  return /^(?:KEY_MISSING|FIELD_UNKNOWN|REQUIRED_|LENGTH|NUMBER|DIGITS|DATE|ENUM_UNKNOWN)/.test(rule) && !messageZh.includes('32 位整数');
}
