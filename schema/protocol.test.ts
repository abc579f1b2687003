import { readFileSync } from 'node:fs';

import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';

import { fanOut, listedEntries } from './src/proof/open-node.ts';
import { blockBytes, markBytes } from './src/proof/folder-manifest.ts';
import { contentHolds, readEntry } from './src/proof/entry-leaf.ts';
import { segmentPositions } from './src/proof/pieces.ts';
import { errorCodes } from './src/errors.ts';
import { encodeRecordId } from './src/record-id.ts';
import { encodeSystemCursor } from './src/sort-key.ts';
import { rules } from './src/validate/rules.ts';

const protocol = readFileSync(new URL('PROTOCOL.md', import.meta.url), 'utf8');

/** Rows of the table under a heading, cell by cell, without the table's own head. */
function table(heading: string): readonly (readonly string[])[] {
  const section = protocol.split(/^## /m).find((text) => text.startsWith(heading)) ?? '';
  return section
    .split('\n')
    .filter((line) => /^\| `[A-Z_]+` \|/.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('`', '')),
    );
}

/** The code blocks of a language. */
function examples(language: string): readonly string[] {
  return [...protocol.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)\\n\`\`\`$`, 'gm'))].map(([, text = '']) => text);
}

describe('PROTOCOL.md says what the code does', () => {
  test('the errors are those of the closed list, with their status and whether to retry', () => {
    expect(table('8 ').map(([code, status, retry]) => [code, Number(status), retry === '是'])).toEqual(
      Object.entries(errorCodes).map(([code, { status, retry }]) => [code, status, retry]),
    );
  });

  test('the rules are those that judge records, in their order, with what they do first of all', () => {
    const told = table('7 ').filter(([rule]) => rules.some(({ id }) => id === rule));
    expect(told.map(([rule, severity]) => [rule, severity])).toEqual(
      rules.map(({ id, policy }) => [id, policy.startsWith('Refusal') ? '拒' : '警']),
    );
  });

  test('every row says what it means in Chinese', () => {
    for (const row of [...table('7 '), ...table('8 ')]) expect(row.at(-1)).toMatch(/^(?:[a-z]+ )?\p{Script=Han}/u);
  });

  test('the record id is what is made of its parts', () => {
    const id = encodeRecordId({ system: 'toy-east', type: 'BidSection', key: 'E1234560001000001001001' });
    expect(protocol).toContain(`\`toy-east\`、\`BidSection\`、\`E1234560001000001001001\` 得到`);
    expect(protocol).toContain(`\n${id}\n`);
  });

  test("a system's cursor is what is made of its sort key", () => {
    expect(protocol).toContain(
      `["2026-11-22T01:30:00.000000Z","dG95"]  →  ${encodeSystemCursor(['2026-11-22T01:30:00.000000Z', 'dG95'])}\n`,
    );
  });

  test('the statement of the proof is that of the vectors, and the sizes are those of the code', () => {
    const vectors: { readonly statement: { readonly text: string } } = JSON.parse(
      readFileSync(new URL('proof-vectors.json', import.meta.url), 'utf8'),
    );
    expect(protocol).toContain(`\n${vectors.statement.text}\n`);
    const [, proof = ''] = protocol.split(' 存证 · Proof\n');
    const sizes = [segmentPositions, blockBytes, markBytes, fanOut, listedEntries].map((size) => size.toLocaleString('en-US'));
    expect(sizes.filter((size) => !proof.includes(` ${size} `) && !proof.includes(` ${size}，`))).toEqual([]);
  });

  test("the entry of the hub's feed is a line that can be proved, and its content is that of its hash", () => {
    const [line = ''] = examples('json entry');
    const entry = readEntry(Buffer.from(line), 'hub');
    expect(entry).toMatchObject({ position: 4217, system: 'toy-east', dataset: 'SECTION', version: 2, op: 'put' });
    expect(entry !== undefined && contentHolds(entry)).toBe(true);
    const [, members = ''] = /^成员总按此序：(.*?)。/m.exec(protocol.split('### 枢纽的数据流')[1] ?? '') ?? [];
    const told = [...members.matchAll(/`([a-zA-Z]+)`/g)].map(([, member]) => member);
    const sent: object = JSON.parse(line);
    expect(told.slice(0, -4)).toEqual(Object.keys(sent));
  });

  test('the receipt counts every position of its range, and names those that were not simply accepted', () => {
    const receipt: unknown = JSON.parse(examples('json receipt')[0] ?? '');
    expect(receipt).toMatchObject({ from: 1201, to: 1203, accepted: 1, refused: 1, waiting: 1 });
    expect(receipt).toMatchObject({
      changes: [
        { position: 1201, state: 'REFUSED' },
        { position: 1202, state: 'WAITING' },
      ],
    });
  });

  test('what is submitted is a message of its contract', () => {
    const schema: object = JSON.parse(readFileSync(new URL('generated/messages/board.schema.json', import.meta.url), 'utf8'));
    const validate = new Ajv2020({ strict: false }).compile(schema);
    expect([validate(JSON.parse(examples('json submit')[0] ?? '')), validate.errors]).toEqual([true, null]);
  });

  test('every file it points to is there', () => {
    const links = [...protocol.matchAll(/\]\(([^)#]+[^)#/])\)/g)].map(([, path = '']) => path);
    expect(links.toSorted()).toEqual([
      '../subgraphs/verifier/README.md',
      'generated/rules.md',
      'message.schema.json',
      'message.xsd',
      'proof-vectors.json',
    ]);
    for (const path of links) expect(readFileSync(new URL(path, import.meta.url), 'utf8')).not.toBe('');
  });
});
