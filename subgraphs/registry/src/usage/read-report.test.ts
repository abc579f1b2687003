/**
 * What a gateway may report.
 */
import { describe, expect, test } from 'vitest';

import { type ReportedOperation, readReport } from './read-report.ts';

const nowMs = Date.parse('2026-11-23T17:00:00Z');
const titles = { text: '{ notices { nodes { title } } }', fields: ['Query.notices', 'Notice.title'], given: [] };
const count = { hour: new Date(nowMs), client: 'hall', requests: 2, errors: 1 };
const read = (operation: Partial<ReportedOperation>, { run = 'a-run-of-a-gateway', batch = 1 } = {}) =>
  readReport({ run, batch, operations: [{ ...titles, counts: [count], ...operation }] }, nowMs);

describe('A report', () => {
  test('is read by days of UTC+8, none of them in the future or long ago', () => {
    const hours = ['2026-11-23T15:00:00Z', '2026-11-23T16:00:00Z', '2026-12-30T00:00:00Z', '2020-01-01T00:00:00Z'];
    const [operation] = read({ counts: hours.map((hour) => ({ ...count, hour: new Date(hour) })) });
    expect(operation?.counts.map(({ day }) => day)).toEqual(['2026-11-23', '2026-11-24', '2026-11-24', '2026-11-10']);
  });

  test('may name an operation twice, as long ones that were cut may be', () => {
    const two = [
      { ...titles, counts: [count] },
      { ...titles, fields: ['Notice.region'], given: ['Order.ASC'], counts: [count] },
    ];
    const [operation, ...others] = readReport({ run: 'a-run-of-a-gateway', batch: 1, operations: two }, nowMs);
    expect(others).toEqual([]);
    expect(operation).toMatchObject({ fields: ['Notice.region', 'Notice.title', 'Query.notices'], given: ['Order.ASC'] });
    expect(operation?.counts).toHaveLength(2);
  });

  test.each<[string, Partial<ReportedOperation>]>([
    ['a text with a line of its own', { text: 'query\nsecret' }],
    ['a text that is too long', { text: 'x'.repeat(20_001) }],
    ['an empty text', { text: '' }],
    ['what is no coordinate', { fields: ['Notice.title = 5'] }],
    ['a coordinate that is too long', { given: ['x'.repeat(301)] }],
    ['too many coordinates', { given: Array.from({ length: 5001 }, (_, place) => `T.f${place}`) }],
    ['no counts', { counts: [] }],
    ['too many counts', { counts: Array.from({ length: 5001 }, () => count) }],
    ['a count of nothing', { counts: [{ ...count, requests: 0 }] }],
    ['more errors than requests', { counts: [{ ...count, errors: 3 }] }],
    ['a client with spaces', { counts: [{ ...count, client: 'a b' }] }],
    ['a client that is too long', { counts: [{ ...count, client: 'x'.repeat(65) }] }],
    ['a client without a name', { counts: [{ ...count, client: '' }] }],
  ])('with %s is refused', (_, operation) => {
    expect(() => read(operation)).toThrow(expect.objectContaining({ code: 'REGISTRATION_INVALID' }));
  });

  test.each([{ run: 'short' }, { run: 'x'.repeat(65) }, { run: 'a run of a gateway' }, { batch: 0 }])('with %j is refused', (numbered) => {
    expect(() => read({}, numbered)).toThrow(expect.objectContaining({ code: 'REGISTRATION_INVALID' }));
  });

  test('of more than 500 operations is refused', () => {
    const operations = Array.from({ length: 501 }, () => ({ ...titles, counts: [count] }));
    expect(() => readReport({ run: 'a-run-of-a-gateway', batch: 1, operations }, nowMs)).toThrow(/usage report|使用情况/);
  });
});
