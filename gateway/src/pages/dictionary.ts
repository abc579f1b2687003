/**
 * The data dictionary at `/dictionary`: what the contracts in service say, as pages. A gateway over somebody else's graph
 * has none.
 * @see schema/src/dictionary/
 */
import type { IncomingMessage } from 'node:http';

import { type CodeLists, type DictionaryDocument, dictionaryDocuments, dictionaryScript, law } from '@hub/schema';

import type { Generation } from '../plan/generation.ts';
import type { HttpAnswer } from '../respond/http.ts';
import { answerWith, policyFor, type WrittenDocument, writeDocument } from './document.ts';

const root = '/dictionary';

/** What of a generation says which contracts are in service. */
type InService = Pick<Generation, 'partitioned' | 'subgraphs'>;

interface Shelf {
  readonly served: string;
  readonly documents: ReadonlyMap<string, () => DictionaryDocument>;
  /** What was asked for, written once. */
  readonly written: Map<string, Promise<WrittenDocument>>;
}

/**
 * @param inService - The generation in service.
 * @param codes - The lists to tell of; default the law's, which have no place of any province.
 * @returns What answers a path under `/dictionary`; undefined when there is nothing. A page is written when it is first
 * asked for, and again when other contracts are in service.
 */
export function openDictionary(
  inService: () => InService,
  codes: CodeLists = law().codes,
): (path: string, request: IncomingMessage) => Promise<HttpAnswer | undefined> {
  let shelf: Shelf | undefined;
  return async (path, request) => {
    if (path !== root && !path.startsWith(`${root}/`)) return undefined;
    const generation = inService();
    if (!hasDictionary(generation)) return undefined;
    const { subgraphs } = generation;
    const served = subgraphs.join(' ');
    if (shelf?.served !== served) shelf = { served, documents: dictionaryDocuments({ ...law(), codes }, subgraphs), written: new Map() };
    const place = path.replace(/\/$/, '');
    const write = shelf.documents.get(place);
    if (write === undefined) return undefined;
    const written = shelf.written.get(place) ?? print(write());
    shelf.written.set(place, written);
    return answerWith(await written, request);
  };
}

function print({ type, text }: DictionaryDocument): Promise<WrittenDocument> {
  return writeDocument(text, { type, policy: policyFor(dictionaryScript) });
}

/**
 * Whether the contracts in service are described here: none is unless a contract that is cut over systems is served, for a
 * register alone, or its name by chance, is no hub of ours.
 */
export function hasDictionary({ partitioned, subgraphs }: InService): boolean {
  return partitioned && law().contracts.some(({ contract }) => contract.partitioned && subgraphs.includes(contract.name));
}
