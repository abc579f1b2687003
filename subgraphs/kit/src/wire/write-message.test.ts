import { type WireRecord, isXmlText } from '@hub/schema';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { readWireText } from '../testing/wire-file.ts';
import { writeJsonLine, writeXmlMessage } from './write-message.ts';

describe('record → wire → record is the identity (design/graph.md «Types»)', () => {
  const trimmed = (text: string) => text.trim() === text && text !== '';
  const text = fc
    .oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", ']', '\r', '\n', ' ', '　', '甲', '𠮷', ';') }),
      fc.constant(']]></DES><DES>'),
    )
    .filter(isXmlText);
  const record: fc.Arbitrary<WireRecord> = fc.record({
    dataset: fc.constantFrom('SECTION', 'TENDER_LIST'),
    dataKey: fc.option(text.filter(trimmed), { nil: undefined }),
    op: fc.constantFrom('put', 'withdraw'),
    fields: fc.dictionary(fc.stringMatching(/^[A-Za-z][A-Z0-9_a-z]{0,12}$/), text, { noNullPrototype: true }),
  });

  test.each([
    ['XML', 'a.xml', (records: readonly WireRecord[]) => `<ROOT>${records.map(writeXmlMessage).join('\n')}</ROOT>`],
    ['JSON lines', 'a.jsonl', (records: readonly WireRecord[]) => records.map(writeJsonLine).join('\n')],
  ])('%s', async (_, name, write) => {
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 5 }), async (records) => {
        const entries = await readWireText(write(records), name);
        expect(entries.map((entry) => ('record' in entry ? entry.record : entry))).toEqual(records);
      }),
      { numRuns: 300 },
    );
  });

  test('what XML cannot hold is refused', () => {
    const bad = (fields: Record<string, string>) => () => writeXmlMessage({ dataset: 'S', dataKey: undefined, op: 'put', fields });
    expect(bad({ A: '\u0000' })).toThrow(
      expect.objectContaining({ code: 'RECORD_REFUSED', messageEn: 'Field A holds what XML cannot write.' }),
    );
    expect(bad({ '1': 'x' })).toThrow(expect.objectContaining({ code: 'RECORD_REFUSED' }));
  });
});
