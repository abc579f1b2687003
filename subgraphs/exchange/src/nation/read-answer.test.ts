/**
 * What the nation may answer. @see standard/exchange.md 3 «Reply»
 */
import { expect, test } from 'vitest';

import { readAnswer } from './read-answer.ts';

test.each([
  [200, '{"STATUS":"1"}', { state: 'CONFIRMED' }],
  [200, '{"STATUS":1,"MSG":"ok"}', { state: 'CONFIRMED' }],
  [200, '{"STATUS":"-1","MSG":"键重复\\u0000"}', { state: 'REFUSED', words: '键重复\uFFFD' }],
  [200, '{"STATUS":"-1"}', { state: 'REFUSED', words: '未说明原因 no reason given' }],
  [500, '{"STATUS":"1"}', { state: 'UNREADABLE', words: 'HTTP 500: {"STATUS":"1"}' }],
  [200, '{"STATUS":"2"}', { state: 'UNREADABLE', words: 'HTTP 200: {"STATUS":"2"}' }],
  [200, '<html>\n 维护', { state: 'UNREADABLE', words: 'HTTP 200: <html> 维护' }],
  [200, 'null', { state: 'UNREADABLE', words: 'HTTP 200: null' }],
  [200, '', { state: 'UNREADABLE', words: 'HTTP 200: ' }],
])('%i %s', (status, body, answer) => {
  expect(readAnswer(status, body)).toEqual(answer);
});

test('a long answer is not kept whole', () => {
  const told = readAnswer(200, 'x'.repeat(10_000));
  expect(told).toMatchObject({ state: 'UNREADABLE', words: expect.stringMatching(/^.{500}$/) });
});
