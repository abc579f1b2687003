/**
 * The data dictionary as documents by path: pages for people, and the index their search reads.
 * @see issue 3 «data dictionary»; gateway/src/pages/dictionary.ts
 */
import type { Law } from '../law.ts';
import { type Dictionary, contractPath, readDictionary } from './model/dictionary.ts';
import { codesPage } from './page/codes-page.ts';
import { contractPage } from './page/contract-page.ts';
import { homePage } from './page/home-page.ts';
import { searchIndex } from './page/search-index.ts';
import { searchScript } from './page/search-script.ts';
import { typesPage } from './page/types-page.ts';

/** One document of the dictionary. */
export interface DictionaryDocument {
  readonly type: 'text/html' | 'application/json';
  readonly text: string;
}

/** The one script that the pages run, exactly as they hold it: a content security policy names it by its hash. */
export const dictionaryScript: string = searchScript;

/**
 * All documents of the dictionary, each written when it is wanted.
 * @param law - The law in service.
 * @param served - Names of the contracts to tell of.
 * @returns Path → what writes its document: `/dictionary`, `/dictionary/codes`, `/dictionary/types`, `/dictionary/search.json`
 * and `/dictionary/<contract>`; empty when the law has none of the contracts.
 */
export function dictionaryDocuments(law: Law, served: readonly string[]): ReadonlyMap<string, () => DictionaryDocument> {
  const dictionary = readDictionary(law, served);
  if (dictionary.contracts.length === 0) return new Map();
  return new Map<string, () => DictionaryDocument>([
    ...dictionary.contracts.map((entry) => [contractPath(entry.contract), page(() => contractPage(dictionary, entry))] as const),
    ...general(dictionary),
  ]);
}

function general(dictionary: Dictionary): readonly (readonly [string, () => DictionaryDocument])[] {
  return [
    ['/dictionary', page(() => homePage(dictionary))],
    ['/dictionary/codes', page(() => codesPage(dictionary))],
    ['/dictionary/types', page(() => typesPage(dictionary))],
    ['/dictionary/search.json', () => ({ type: 'application/json', text: JSON.stringify(searchIndex(dictionary)) })],
  ];
}

function page(write: () => string): () => DictionaryDocument {
  return () => ({ type: 'text/html', text: write() });
}
