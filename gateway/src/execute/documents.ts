/**
 * Documents that were found valid, by the digest of their text: Apollo Server parses and validates what is not here. Its own store
 * weighs the parsed tree without the text it points into, so that few tokens in a megabyte of blanks cost it nothing; this one
 * weighs the text.
 * @see README «What is kept of operations»
 */
import { type DocumentNode, type GraphQLSchema, parse, validate } from 'graphql';
import { LRUCache } from 'lru-cache';

/** Characters of all texts that are kept. With its tree each takes 55 bytes of heap, most of them shared with what is compiled. */
const maxCharacters = 1024 * 1024;

/** What Apollo Server takes as its store of documents. */
export class Documents {
  readonly #kept: LRUCache<string, DocumentNode>;

  constructor(maxSize: number = maxCharacters) {
    this.#kept = new LRUCache<string, DocumentNode>({ maxSize, sizeCalculation: ({ loc }) => 1 + (loc?.end ?? 0) });
  }

  /** @param key - The digest; before it, parted by a colon, whatever the schema is called. */
  async get(key: string): Promise<DocumentNode | undefined> {
    return this.#kept.get(digestIn(key));
  }

  async set(key: string, document: DocumentNode): Promise<void> {
    this.#kept.set(digestIn(key), document);
  }

  async delete(key: string): Promise<boolean> {
    return this.#kept.delete(digestIn(key));
  }

  /** @returns The document of a text that once was valid; undefined when this schema does not allow it. */
  read(digest: string, text: string, schema: GraphQLSchema): DocumentNode | undefined {
    const known = this.#kept.get(digest);
    if (known !== undefined) return known;
    // Never the tree of another schema's time: what is worked out for a tree hangs on its nodes.
    const document = parse(text);
    if (validate(schema, document, undefined, { maxErrors: 1 }).length > 0) return undefined;
    this.#kept.set(digest, document);
    return document;
  }
}

function digestIn(key: string): string {
  return key.slice(key.lastIndexOf(':') + 1);
}
