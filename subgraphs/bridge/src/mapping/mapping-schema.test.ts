/**
 * The schema that editors use says what the parser says. @see subgraphs/bridge/README.md «映射 · Mapping»
 */
import { readFileSync } from 'node:fs';

import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';

import { mappingJsonSchema } from './mapping.ts';
import { parseMapping } from './read-mapping.ts';

const guide = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const [, example = ''] = /^```json\n([\s\S]*?)^```/m.exec(guide) ?? [];

test('mapping.schema.json is what the parser is made of (vitest run -u writes it)', async () => {
  await expect(`${JSON.stringify(mappingJsonSchema(), undefined, 2)}\n`).toMatchFileSnapshot('../../mapping.schema.json');
});

test('it takes the guide’s mapping, and refuses a misspelt one', () => {
  const check = new Ajv2020({ strict: false, formats: { uri: true } }).compile(mappingJsonSchema());
  expect(check(JSON.parse(example))).toBe(true);
  expect(check(JSON.parse(example.replaceAll('"codes"', '"code"')))).toBe(false);
});

describe('refusals name every place at once', () => {
  test.each([
    ['not JSON', '{', /不是合法的 JSON/],
    ['a version of the future', example.replace('"version": 1', '"version": 2'), /version（/],
    [
      'a constant and a column',
      example.replace('{ "value": "990100" }', '{ "value": "1", "from": "a" }'),
      /datasets\.0\.fields\.REGION_CODE（from 与 value/,
    ],
    ['a transform that is none', example.replace('"as": "time"', '"as": "sql"'), /datasets\.0\.fields\.PUBLISHED_AT\.as（/],
    ['no view', example.replace('"from": "hub_notice"', '"from": ""'), /datasets\.0\.from（/],
    [
      'a form that is none of time',
      example.replace('yyyy年M月d日', 'yyyy-yyyy'),
      /datasets\.1\.fields\.DECIDED_AT\.formats\.0（不是时间的写法/,
    ],
    ['two entries of one name', example.replace('"BOARD_DEAL"', '"BOARD_NOTICE"'), /datasets\.1\.name（BOARD_NOTICE 重复/],
    ['a password', example.replace('"CITY_DB"', '"postgres://a:b@c/d"'), /source\.urlFrom（须为环境变量的名称/],
  ])('%s', (_, text, place) => {
    expect(() => parseMapping(text, 'bridge.json')).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringMatching(place) }),
    );
  });
});
