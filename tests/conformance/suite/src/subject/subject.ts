/**
 * What is audited: one endpoint, the contracts it is held to, what it says it serves, and its rows, read once and shared by
 * all audits.
 * @see README.md «Runner»
 */
import { type ContractLaw, serveContracts } from '@hub/schema';
import { type GraphQLSchema, buildASTSchema } from 'graphql';

import type { Fault } from '../audit.ts';
import { type Endpoint, Unanswered } from '../ask/endpoint.ts';
import { at } from '../ask/json-value.ts';
import { type FeedState, openFeed } from './feed.ts';
import { type List, type ListOrder, listOf } from './list.ts';
import { type Reading, type Row, mostOfPage, readRows } from './rows.ts';
import { type Served, readServed, withQuery } from './served.ts';

/** Rows of a list, in its usual order, with all that they show. */
export interface Sample {
  readonly list: List;
  readonly rows: readonly Row[];
  /** Whether these are all rows there are. */
  readonly complete: boolean;
}

/** What an audit works with. */
export interface Subject {
  readonly endpoint: Endpoint;
  /** @returns The system's feed, asked for once; or that there is none. */
  readonly feed: () => Promise<FeedState>;
  /** Questions from now on, of the feed too, end when this is aborted. */
  readonly until: (signal: AbortSignal) => void;
  /** Code of the system. */
  readonly system: string;
  readonly contracts: readonly ContractLaw[];
  /** The graph the contracts expand to. */
  readonly due: Served;
  /** The same as a schema. */
  readonly schema: GraphQLSchema;
  /** What `_service` says; undefined when it says nothing that can be read. */
  readonly served: Served | undefined;
  /** Lists of the contracts' datasets that the endpoint serves. */
  readonly lists: readonly List[];
  /** @returns Lists that hold rows, with the first of them. */
  readonly samples: () => Promise<readonly Sample[]>;
  /** @returns Lists whose rows could not be read, and why. */
  readonly unread: () => Promise<readonly { readonly list: List; readonly fault: Fault }[]>;
  /** @returns The first rows of a list in one of its orders, with what they are ordered by; read once. */
  readonly inOrder: (list: List, order: ListOrder) => Promise<Reading>;
  /** Forgets the rows read: they may have changed since. */
  readonly forget: () => void;
  /** @returns How many rows were read last; 0 when none were asked for. */
  readonly rowsRead: () => number;
  /** @returns Whether rows were asked for and there were none in any list. */
  readonly wasEmpty: () => boolean;
}

/** What a subject is made of. */
export interface SubjectOptions {
  readonly endpoint: Endpoint;
  /** Its feed, as the exchange asks for it. */
  readonly feedEndpoint: Endpoint;
  readonly system: string;
  readonly contracts: readonly ContractLaw[];
  readonly served: Served | undefined;
  /** Rows read of each list at the most. */
  readonly rowsOfList: number;
}

interface Read {
  readonly samples: readonly Sample[];
  readonly unread: readonly { readonly list: List; readonly fault: Fault }[];
}

/** A page and the beginning of the next: enough for a place between pages. */
const mostInOrder = 102;
/** Lists whose rows are counted by one question. */
const countedTogether = 10;

/** @returns The subject; nothing is asked yet. */
export function subjectOf({ endpoint, feedEndpoint, system, contracts, served, rowsOfList }: SubjectOptions): Subject {
  const document = withQuery(serveContracts(contracts.map((law) => law.served)));
  const due = readServed(document);
  const schema = buildASTSchema(document, { assumeValid: true, assumeValidSDL: true });
  const known = served?.types.get('Query')?.fields;
  const lists = contracts
    .flatMap(({ contract }) => contract.datasets)
    .map((dataset) => listOf(dataset, { schema, served: served ?? due }))
    .filter(({ root }) => known?.has(root) ?? true);
  let read: Promise<Read> | undefined;
  let rows: number | undefined;
  const readOnce = async (): Promise<Read> => {
    const found = await (read ??= readAll(endpoint, lists, rowsOfList));
    rows = found.samples.reduce((sum, sample) => sum + sample.rows.length, 0);
    return found;
  };
  const readings = new Map<string, Promise<Reading>>();
  const inOrder = (list: List, { name, field }: ListOrder): Promise<Reading> => {
    const key = `${list.root} ${name}`;
    const selection = `id ${field === undefined ? 'receivedAt' : (list.selections.get(field.name) ?? '')}`;
    const reading = readings.get(key) ?? readRows(endpoint, list, { order: name, first: mostOfPage, most: mostInOrder, selection });
    readings.set(key, reading);
    return reading;
  };
  let feed: Promise<FeedState> | undefined;
  return {
    endpoint,
    feed: () => (feed ??= openFeed(feedEndpoint)),
    until(signal) {
      endpoint.until(signal);
      feedEndpoint.until(signal);
    },
    system,
    contracts,
    due,
    schema,
    served,
    lists,
    samples: async () => (await readOnce()).samples,
    unread: async () => (await readOnce()).unread,
    inOrder,
    forget: () => {
      read = undefined;
      feed = undefined;
      readings.clear();
    },
    rowsRead: () => rows ?? 0,
    wasEmpty: () => rows === 0,
  };
}

async function readAll(endpoint: Endpoint, lists: readonly List[], most: number): Promise<Read> {
  const held: List[] = [];
  const unread: { list: List; fault: Fault }[] = [];
  for (let from = 0; from < lists.length; from += countedTogether) {
    const group = lists.slice(from, from + countedTogether);
    const { data } = await endpoint.ask({ query: `{ ${group.map(({ root }) => `${root} { totalCount }`).join(' ')} }` });
    // A list that cannot be counted may still be read.
    held.push(...group.filter(({ root }) => at(data, root, 'totalCount') !== 0));
  }
  const samples: Sample[] = [];
  for (const list of held) {
    try {
      const { rows, ended } = await readRows(endpoint, list, { first: mostOfPage, selection: list.selection, most });
      if (rows.length > 0) samples.push({ list, rows, complete: ended });
    } catch (cause) {
      if (!(cause instanceof Unanswered)) throw cause;
      unread.push({ list, fault: cause.fault });
    }
  }
  return { samples, unread };
}
