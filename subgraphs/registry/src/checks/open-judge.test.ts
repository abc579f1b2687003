/**
 * What is said of an SDL before it is published.
 * @see README «Checks»
 */
import { createHash } from 'node:crypto';

import { law, serveContracts } from '@hub/schema';
import { print } from 'graphql';
import { afterAll, describe, expect, test } from 'vitest';

import type { Finding } from './finding.ts';
import { judgeDocument } from './judge-sdl.ts';
import { openJudge } from './open-judge.ts';
import { readSdl } from './read-sdl.ts';

const textOf = (...names: readonly string[]): string =>
  print(
    serveContracts(
      law()
        .contracts.filter(({ contract }) => names.includes(contract.name))
        .map(({ served }) => served),
    ),
  );
const board = textOf('board');
const judgeSdl = (sdl: string, contracts: readonly string[]): readonly Finding[] => {
  const read = readSdl(sdl);
  return 'finding' in read ? [read.finding] : judgeDocument(read.document, contracts);
};
const found = (sdl: string, contracts = ['board']): readonly string[] =>
  judgeSdl(sdl, contracts).map(({ code, severity, element, line }) => `${severity} ${code} ${element}${line > 1 ? ' @' : ''}`);

describe('An SDL', () => {
  test('of the contracts as they are expanded has nothing to be said of, nor has one that serves more contracts', () => {
    expect(found(board)).toEqual([]);
    expect(found(textOf('board', 'construction', 'land'))).toEqual([]);
    expect(found(textOf('board', 'construction', 'land'), ['construction'])).toEqual([]);
    expect(found(textOf('market'), ['market'])).toEqual([]);
  });

  const field = /\n {2}title: String[^\n]*/;
  test.each([
    ['lacks a field', board.replace(field, (line) => line.replace('title', 'headline')), 'REFUSAL FIELD_MISSING Notice.title @'],
    ['lacks a type', board.replace('enum Copies {', 'enum Copied {'), 'REFUSAL TYPE_MISSING Copies'],
    [
      'lacks an argument',
      board.replace('first: Int! = 20 @visibility(to: PUBLIC), ', ''),
      'REFUSAL ARGUMENT_MISSING Query.notices(first:) @',
    ],
    ['has a field of another type', board.replace(field, (line) => line.replace('String', 'Int')), 'REFUSAL TYPE_DIFFERENT Notice.title @'],
    ['has another default', board.replace('first: Int! = 20', 'first: Int! = 30'), 'REFUSAL DEFAULT_DIFFERENT Query.notices(first:) @'],
    [
      'lets others see a field',
      board.replace(field, (line) => line.replace(' @visibility(to: PUBLIC)', '')),
      'REFUSAL DIRECTIVE_MISSING Notice.title @',
    ],
    ['seals less', board.replace(field, (line) => line.replace('PUBLIC', 'RESTRICTED')), 'REFUSAL DIRECTIVE_DIFFERENT Notice.title @'],
    [
      'must be told what nobody tells',
      board.replace('notices(', 'notices(mood: Int!, '),
      'REFUSAL ARGUMENT_UNKNOWN Query.notices(mood:) @',
    ],
    ['can be told more', board.replace('notices(', 'notices(mood: Int, '), 'WARNING ARGUMENT_UNKNOWN Query.notices(mood:) @'],
    [
      'answers with a value nobody knows',
      board.replace('enum Copies {', 'enum Copies {\n  PERHAPS'),
      'REFUSAL VALUE_UNKNOWN Copies.PERHAPS @',
    ],
    ['has a field of its own', board.replace(field, (line) => `${line}\n  mood: Int`), 'WARNING FIELD_UNKNOWN Notice.mood @'],
    ['has a type of its own', `${board}\ntype Mood { good: Boolean }`, 'WARNING TYPE_UNKNOWN Mood @'],
    ['names a type there is not', `${board}\nextend type Query { mood: Mood }`, 'REFUSAL TYPE_UNDEFINED Query.mood @'],
    ['is another kind of thing', board.replace('type NoticeEdge', 'interface NoticeEdge'), 'REFUSAL KIND_DIFFERENT NoticeEdge @'],
    ['is no record', board.replace('type Notice implements Record', 'type Notice'), 'REFUSAL INTERFACES_DIFFERENT Notice @'],
    ['is no SDL', `${board}\ntype {`, 'REFUSAL SDL_UNREADABLE  @'],
  ])('that %s', (_what, sdl, expected) => {
    expect(sdl).not.toBe(board);
    expect(found(sdl)).toContain(expected);
  });

  test('is told everything at once, with place, reason and remedy in both languages', () => {
    const sdl = board.replace(field, (line) => line.replace('title', 'headline')).replace('first: Int! = 20', 'first: Int! = 30');
    const findings = judgeSdl(sdl, ['board']);
    expect(findings.find(({ code }) => code === 'FIELD_MISSING')).toEqual({
      code: 'FIELD_MISSING',
      severity: 'REFUSAL',
      element: 'Notice.title',
      line: expect.any(Number),
      column: 1,
      messageZh: '缺少契约规定的字段 Notice.title；网关会查询它，缺少时整个答案作废。',
      messageEn: 'The field Notice.title of the contract is missing; the gateway asks for it, and without it whole answers fail.',
      remedyZh: '照契约补上 Notice.title: String!。',
      remedyEn: 'Add Notice.title: String!.',
    });
    expect(findings.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      'REFUSAL FIELD_MISSING',
      'REFUSAL DEFAULT_DIFFERENT',
      'WARNING FIELD_UNKNOWN',
    ]);
  });
});

describe('A malicious SDL', () => {
  const opened = openJudge();
  afterAll(() => opened[Symbol.asyncDispose]());
  const cycle = Array.from({ length: 3000 }, (_, at) => `input C${at} { next: C${(at + 1) % 3000}!, l: [[[[C${at}!]!]!]!] }`).join('\n');
  test.each([
    ['10 MB', `#${'x'.repeat(10_000_000)}`, 'SDL_TOO_LARGE'],
    ['100,000 types', Array.from({ length: 100_000 }, (_, at) => `type T${at}{a:Int}`).join('\n'), 'SDL_TOO_LARGE'],
    ['a deep nest', `type A { a: ${'['.repeat(200_000)}Int${']'.repeat(200_000)} }`, 'SDL_TOO_DEEP'],
    ['a deep cycle', cycle, 'TYPE_MISSING'],
  ])('%s is refused, and this thread goes on', { timeout: 60_000 }, async (_what, text, code) => {
    let longestMs = 0;
    let lastMs = performance.now();
    const beat = setInterval(() => {
      longestMs = Math.max(longestMs, performance.now() - lastMs);
      lastMs = performance.now();
    }, 10);
    const sha256 = createHash('sha256').update(text).digest('hex');
    const { passed, findings } = await opened.judge({ text, sha256, contracts: ['board'] });
    clearInterval(beat);
    expect([passed, findings.some((finding) => finding.code === code)]).toEqual([false, true]);
    expect(longestMs).toBeLessThan(1000);
  });

  test('that takes more time than it may ends the thread, and the next is judged again', { timeout: 60_000 }, async () => {
    await using hasty = openJudge({ maxCpuMs: -1, maxMs: 30_000, maxHeapMb: 512 });
    // As large as may be read: it takes several looks.
    const fields = Array.from({ length: 15 }, (_, at) => `f${at}: Int`).join(' ');
    const text = Array.from({ length: 3900 }, (_, at) => `type T${at} { ${fields} }`).join('\n');
    const [first, second] = await Promise.all([
      hasty.judge({ text, sha256: 'a', contracts: ['board'] }),
      opened.judge({ text: board, sha256: 'b', contracts: ['board'] }),
    ]);
    expect(first.findings.map(({ code }) => code)).toEqual(['SDL_TOO_COSTLY']);
    expect(second.findings).toEqual([]);
  });
});
