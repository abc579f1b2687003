import { buildASTSchema, executeSync, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';

import { law } from '../../law.ts';
import { plural } from '../../naming.ts';
import { serveContracts } from '../../serve-contracts.ts';
import { validateRecord } from '../../validate/validate-record.ts';
import { sampleJson } from './sample-message.ts';
import { sampleAnswer, sampleQuery } from './sample-query.ts';
import { sampleRecord } from './sample-record.ts';

const { contracts, codes } = law();
const datasets = contracts.flatMap(({ contract }) => contract.datasets.map((dataset) => ({ contract, dataset, type: dataset.type })));
const root = parse('type Query').definitions;
const all = serveContracts(contracts.map(({ served }) => served));
const schema = buildASTSchema({ ...all, definitions: [...root, ...all.definitions] }, { assumeValidSDL: true });

describe.each(datasets)('the sample of $type', ({ contract, dataset }) => {
  const record = sampleRecord(contract, dataset, codes);

  test('keeps the standard without a warning', () => {
    expect(validateRecord(dataset, record, { codes, sourceKind: 'SYSTEM' })).toEqual({ refusals: [], warnings: [] });
  });

  test('has every field that is sent', () => {
    const sent = dataset.fields.filter(({ graphType }) => graphType !== 'Record').flatMap(({ wire }) => wire.map(({ code }) => code));
    expect(Object.keys(record.fields).toSorted()).toEqual([...new Set(sent)].filter((code) => code !== '').toSorted());
  });

  test('is the same record in one line of JSON', () => {
    const line: unknown = JSON.parse(sampleJson(record));
    const key = record.dataKey === undefined ? {} : { DATA_KEY: record.dataKey };
    expect(line).toEqual({ title: { DATA_EN: dataset.code, ...key, DATA_TYPE: '1' }, context: record.fields });
  });

  test('is what its query is answered with', () => {
    const query = parse(sampleQuery(dataset));
    expect(validate(schema, query)).toEqual([]);
    const answer: unknown = JSON.parse(sampleAnswer(dataset, record, codes));
    const rows: unknown = typeof answer === 'object' && answer !== null && 'data' in answer ? answer.data : undefined;
    // Executed over its own answer, the query returns all of it: no field too many, none too few, each of its type.
    expect(JSON.parse(JSON.stringify(executeSync({ schema, document: query, rootValue: rows })))).toEqual(answer);
    expect(rows).toHaveProperty([plural(dataset.type), 'nodes', '0', 'id']);
  });
});
