/**
 * A trade is a contract, a row and data: no code names one, its category, its datasets or their types.
 * @see README «怎样增加 · How to add»
 */
import { law } from '@hub/schema';
import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';

import { isTest, sources, textOf } from '../support/repository.ts';

/** The hub's own contracts, which its code is about. */
const own: ReadonlySet<string> = new Set(['board', 'exchange', 'registry']);
/** Wrong contracts, for the lints. */
const fixtures = 'schema/src/lints/cases/';
/** Ordinary words of code and of English as well: judged where they stand alone between quotes. */
const ordinary: ReadonlySet<string> = new Set(['land', 'market', 'other', 'property', 'sink']);

describe('Trades', () => {
  test('no code names a contract, a category, a dataset or its type, because another trade must cost no release', () => {
    const found = sources
      .filter((path) => !isTest(path) && !path.startsWith(fixtures))
      .flatMap((path) => [...new Set([...namedIn(textOf(path)), ...namedIn(path)])].map((name) => `${path}: ${name}`));
    expect(found).toEqual([]);
  });

  test.each([
    ["const one = 'construction';", ['construction']],
    ['const two = { landDeals: 1, LandDeal: 2 };', ['LandDeal']],
    ["x.dataset === 'TENDER_LIST' || x.url === `systems:medical`", ['TENDER_LIST', 'medical']],
    ['[\'land\', "other"]', ['land', 'other']],
    ["const other = land.of('the market, other than this property');", []],
    ["// the sheet of 'construction' says TENDER_LIST\n/* 'land' */ f('https://a.example/x', 'AwardNotice')", ['AwardNotice']],
    ['schema/src/identifiers/construction-code.ts', ['construction']],
  ])('%s', (text, found) => expect(namedIn(text)).toEqual(found));

  test('the names looked for are those of the law', () => {
    expect(names.length).toBeGreaterThan(200);
    expect(names).toEqual(expect.arrayContaining(['construction', 'WIN_RESULT_ANNO', 'AwardNotice', 'forest']));
  });
});

const { contracts, codes } = law();
const named = contracts.flatMap(({ contract: { name, category, datasets } }) =>
  own.has(name) ? [] : [name, ...(category === undefined ? [] : [category]), ...datasets.flatMap(({ code, type }) => [code, type])],
);
const categories = (codes.list('CATEGORY')?.values ?? []).map(({ code }) => code);
/** What all contracts share is nobody's: a company is known by its code wherever it stands. */
const shared = new Set(parse(textOf('schema/shared.graphql')).definitions.flatMap((node) => ('name' in node ? [node.name?.value] : [])));
const names = [...new Set([...named, ...categories])].filter((name) => !shared.has(name)).toSorted();
const patterns = names.map((name) => ({
  name,
  pattern: ordinary.has(name) ? new RegExp(`(['"\`])(?:systems?:)?${name}\\1`) : new RegExp(`(?<![A-Za-z0-9_])${name}(?![A-Za-z0-9_])`),
}));

const comment = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|('(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`)/g;

/** Names in a TypeScript text, whose comments may say anything. */
function namedIn(text: string): readonly string[] {
  const code = text.replaceAll(comment, (_whole, literal?: string) => literal ?? '');
  return patterns.flatMap(({ name, pattern }) => (pattern.test(code) ? [name] : []));
}
