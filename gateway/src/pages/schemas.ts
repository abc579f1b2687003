/**
 * The forms of messages at `/schemas/…`, for who sends records or takes them: XSD and JSON Schema, as they are generated from the
 * contracts, of those in service; and the forms that all messages share. Here and not at the exchange, where every path is signed:
 * whoever writes a program that sends has no key yet.
 * @see schema/PROTOCOL.md 6 and 16
 */
import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';

import { law } from '@hub/schema';

import type { Generation } from '../plan/generation.ts';
import type { HttpAnswer } from '../respond/http.ts';
import { hasDictionary } from './dictionary.ts';
import { answerWith, type WrittenDocument, writeDocument } from './document.ts';

const root = '/schemas/';
/** Of every message, whatever its contract. */
const shared = ['message.xsd', 'message.schema.json'];

/**
 * @param inService - The generation in service.
 * @returns What answers a path under `/schemas/`; undefined when there is nothing. A file is read when it is first asked for.
 */
export function openSchemas(
  inService: () => Pick<Generation, 'partitioned' | 'subgraphs'>,
): (path: string, request: IncomingMessage) => Promise<HttpAnswer | undefined> {
  const read = new Map<string, Promise<WrittenDocument>>();
  return async (path, request) => {
    if (!path.startsWith(root)) return undefined;
    const generation = inService();
    const file = path.slice(root.length);
    if (!hasDictionary(generation) || !filesOf(generation.subgraphs).has(file)) return undefined;
    const document = read.get(file) ?? readDocument(file);
    read.set(file, document);
    return answerWith(await document, request);
  };
}

/** Only what is listed is read. */
function filesOf(subgraphs: readonly string[]): ReadonlySet<string> {
  const contracts = law()
    .contracts.map(({ contract }) => contract)
    .filter(({ name, datasets }) => datasets.length > 0 && subgraphs.includes(name));
  const own = contracts.flatMap(({ name, datasets }) => [
    `${name}.xsd`,
    `${name}.schema.json`,
    ...datasets.map(({ code }) => `${name}/${code}.xsd`),
  ]);
  return new Set([...shared, ...own]);
}

async function readDocument(file: string): Promise<WrittenDocument> {
  const place = shared.includes(file) ? file : `messages/${file}`;
  const text = await readFile(new URL(import.meta.resolve(`@hub/schema/${place}`)), 'utf8');
  return writeDocument(text, { type: file.endsWith('.xsd') ? 'application/xml' : 'application/schema+json', policy: "default-src 'none'" });
}
