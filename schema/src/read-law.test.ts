import { readdirSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { sharedFiles } from '../generated/law-files.ts';
import { law } from './law.ts';
import { readLaw } from './read-law.ts';

const head = (name: string, more = '') => `extend schema @contract(name: "${name}", version: "1.0.0", edition: "V2.0", title: "甲"${more})`;
const record =
  '@dataset(code: "X", key: [], why: "…") { "完整记录" record: Record @wire(code: "RECORD_ID", type: "C..200") @visibility(to: PUBLIC) }';

describe('contracts from their texts', () => {
  test('in the order given, each in a file of its name', () => {
    const files = readdirSync(new URL('../contracts/', import.meta.url)).toSorted();
    expect(law().contracts.map(({ contract }) => `${contract.name}.graphql`)).toEqual(files);
  });

  test('a contract that leads to full records knows the others by key; one that does not knows none', () => {
    const board = `${head('board')}\ntype Notice implements Record ${record}`;
    const toys = `${head('toys')}\ntype Toy implements Record @dataset(code: "TOY", key: [], why: "…") { "名" name: String @visibility(to: PUBLIC) }`;
    const hub = `${head('hub', ', partitioned: false')}\ntype Own implements Record @dataset(code: "OWN", key: [], why: "…") { "名" name: String @visibility(to: PUBLIC) }`;
    const [ofBoard, ofToys] = readLaw([board, toys, hub], sharedFiles);
    expect(ofBoard?.served).toContain('type Toy implements Record @key(fields: "id", resolvable: false)');
    expect(ofBoard?.served).not.toContain('type Own');
    expect(ofToys?.served).not.toContain('type Notice');
  });

  test('a text that is no contract is refused', () => {
    expect(() => readLaw(['type A { b: String }'], sharedFiles)).toThrow(expect.objectContaining({ code: 'CONTRACT_INVALID' }));
  });
});

describe('the standard (standard/README.md)', () => {
  const construction = law().contracts.find(({ contract }) => contract.name === 'construction')?.contract;

  test.each<[string, number, number, number[]?]>([
    ['market', 100, 119, [116]],
    ['construction', 500, 523],
    ['procurement', 550, 557],
    ['land', 600, 601],
    ['mining', 650, 661],
    ['property', 700, 753, Array.from({ length: 48 }, (_, index) => 702 + index)],
    ['carbon', 1000, 1001],
    ['emission', 1050, 1052],
    ['medical', 1104, 1121],
    ['other', 1800, 1801],
  ])('%s has its base datasets %d to %d, each once', (name, first, last, none = []) => {
    const contract = law().contracts.find((one) => one.contract.name === name)?.contract;
    const numbers = Array.from({ length: last - first + 1 }, (_, index) => first + index).filter((no) => !none.includes(no));
    expect(contract?.datasets.map(({ no }) => no ?? 0).toSorted((a, b) => a - b)).toEqual(numbers);
  });

  test('of an attachment only its codes are shown: whose it is cannot be known', () => {
    const fields = construction?.datasets.find(({ type }) => type === 'TenderAttachment')?.fields ?? [];
    const open = fields.filter(({ visibility }) => visibility !== 'RESTRICTED').map(({ name, visibility }) => `${name} ${visibility}`);
    expect(open).toEqual(['code PUBLIC', 'setCode PUBLIC']);
  });
});
