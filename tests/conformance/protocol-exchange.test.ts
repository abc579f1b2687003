/**
 * What the protocol lets a system and the nation ask of the exchange is what its control interface answers.
 * @see schema/PROTOCOL.md 15 and 16
 */
import { nationalKey } from '@hub/exchange';
import { buildSchema, isEnumType, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';

import { textOf } from '../support/repository.ts';

const protocol = textOf('schema/PROTOCOL.md')
  .split(/^## /m)
  .filter((section) => /^1[56] /.test(section))
  .join('');
const control = textOf('subgraphs/exchange/src/control/control.graphql');
const schema = buildSchema(control);
const examples = [...protocol.matchAll(/^```graphql\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);

test('there are examples', () => expect(examples.length).toBeGreaterThanOrEqual(3));

test.each(examples)('the question can be asked: %s', (text) => {
  expect(validate(schema, parse(text)).map(({ message }) => message)).toEqual([]);
});

test("the nation's key of a record is what is made of its parts", () => {
  const [, pushed = ''] = protocol.split('### 推送');
  expect(pushed).toContain(`\n${nationalKey({ system: 'toy-east', dataset: 'SECTION', key: '2026000000000000000001' })}\n`);
});

describe('names it promises', () => {
  test.each(['whoami', 'receipts', 'refusedRecords', 'sources', 'submission', 'exchangeFeed', 'confirmation', 'openNode'])('%s', (name) => {
    expect(schema.getQueryType()?.getFields()).toHaveProperty(name);
  });

  test('outcomes of what is submitted are those of section 7 that keep or refuse it', () => {
    const type = schema.getType('SubmitOutcome');
    const [, told = ''] = /`outcome` 同第 7 节：(.*?)，违反/.exec(protocol) ?? [];
    expect(isEnumType(type) ? type.getValues().map(({ name }) => name) : []).toEqual(
      told.split('、').map((name) => name.replaceAll('`', '')),
    );
  });
});
