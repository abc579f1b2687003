/**
 * Ways in which a system's answer can be worthless, or worse: made from the true answer, so that only the one thing is wrong.
 * @see design/partitioning.md «Page»; P3
 */
import { decodeRecordId, decodeSystemCursor, encodeRecordId, encodeSystemCursor } from '@hub/schema';

import { isObject } from './parse-json.ts';

/** An answer as it goes out. */
export interface Spoiled {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  /** After this share of the body the connection is reset. */
  readonly cutAt?: number;
}

/** What it is made from. */
export interface TrueAnswer {
  /** What was asked. */
  readonly request: string;
  readonly text: string;
  /** The system that gave it, and another one. */
  readonly system: string;
  readonly other: string;
}

/** Makes a worthless answer out of a true one, or keeps silent. */
export type Garbage = (answer: TrueAnswer) => Spoiled | 'silence';

const megabyte = 1024 * 1024;

/** Kinds that spoil any answer, even «there is none», by name. */
export const garbage = {
  html: () => ({ headers: { 'content-type': 'text/html' }, body: '<!doctype html><title>系统维护</title><p>请稍后访问' }),
  truncatedJson: ({ text }) => ({ body: text.slice(0, Math.ceil(text.length / 2)) }),
  emptyBody: () => ({ body: '' }),
  notUtf8: ({ text }) => ({ body: Buffer.concat([Buffer.from(text.slice(0, -1)), Buffer.from([0xff, 0xfe]), Buffer.from('}')]) }),
  nullAnswer: () => ({ body: 'null' }),
  listAnswer: () => ({ body: '[]' }),
  errorInside: () => ({
    body: JSON.stringify({ data: null, errors: [{ message: '内部表 T_SECRET 不存在', extensions: { code: 'ER_NO_TABLE' } }] }),
  }),
  errorBesideData: ({ text }) => ({ body: `${text.slice(0, -1)},"errors":[{"message":"half of it failed"}]}` }),
  errorOfNoPlace: ({ text }) => ({ body: `${text.slice(0, -1)},"errors":[{"message":"x","path":["root","edges",0,"none"]}]}` }),
  internalError: () => ({
    status: 500,
    body: JSON.stringify({ errors: [{ message: 'stack at /srv/app.js:1', extensions: { code: 'INTERNAL' } }] }),
  }),
  badGateway: () => ({ status: 502, headers: { 'content-type': 'text/html' }, body: '<h1>502 Bad Gateway</h1>' }),
  scalarsForObjects: ({ text }) => ({ body: changed(text, (value, key) => (key === 'root' ? true : value)) }),
  headerOfAMegabyte: ({ text }) => ({ headers: { 'x-padding': 'x'.repeat(megabyte) }, body: text }),
  bodyTooLarge: ({ text }) => ({ body: `${' '.repeat(17 * megabyte)}${text}` }),
  resetMidway: ({ text }) => ({ body: text, cutAt: 0.5 }),
  resetAtOnce: ({ text }) => ({ body: text, cutAt: 0 }),
} as const satisfies Readonly<Record<string, Garbage>>;

/** Kinds that spoil the values of an answer. */
export const spoiledValues = {
  wrongTypes: ({ text }) => ({ body: changed(text, (value) => (typeof value === 'number' ? '7' : typeof value === 'string' ? 7 : value)) }),
  nullsForbidden: ({ text }) => ({ body: changed(text, (value) => (Array.isArray(value) ? [null] : value)) }),
  keysMissing: ({ text }) => ({
    body: changed(text, (value, key) => (key !== 'root' ? value : Array.isArray(value) ? value.map(() => ({})) : {})),
  }),
} as const satisfies Readonly<Record<string, Garbage>>;

/** Kinds that spoil an answer with records: somebody else's. */
export const spoiledRecords = {
  foreignIds: ({ text, other }) => ({ body: changed(text, foreign(other)) }),
  foreignSystemCodes: ({ text, system, other }) => ({ body: changed(text, (value) => (value === system ? other : value)) }),
  otherType: ({ text }) => ({ body: text.replaceAll(/"__typename":"(\w+)"/g, '"__typename":"System"') }),
} as const satisfies Readonly<Record<string, Garbage>>;

/** Kinds that only an answer with rows can be: out of place, twice, too many. */
export const spoiledRows = {
  rowsOutOfOrder: ({ text }) => ({ body: withEdges(text, (edges) => edges.toReversed()) }),
  rowTwice: ({ text }) => ({ body: withEdges(text, (edges) => [...edges, ...edges.slice(-1)]) }),
  cursorOfAnotherRow: ({ text }) => ({
    body: withEdges(text, (edges) => edges.map((edge, index) => ({ ...edge, cursor: edges[(index + 1) % edges.length]?.['cursor'] }))),
  }),
  cursorOfNoForm: ({ text }) => ({ body: withEdges(text, (edges) => edges.map((edge) => ({ ...edge, cursor: 'bm90IGEgY3Vyc29y' }))) }),
  lastRowForeign: ({ text, other }) => ({
    body: withEdges(text, (edges) => edges.map((edge, place) => (place === edges.length - 1 ? walked(edge, '', foreign(other)) : edge))),
  }),
  rowNull: ({ text }) => ({ body: withEdges(text, (edges) => edges.map((edge) => ({ ...edge, key: null }))) }),
} as const satisfies Readonly<Record<string, Garbage>>;

/** The second row lacks a value, with an error in words of the system's own. */
export const oneValueFailed: Garbage = ({ text }) => {
  const path = ['root', 'edges', 1, 'n0', 'publishedAt'];
  const edges = withEdges(text, (all) =>
    all.map((edge, place) => (place === 1 ? walked(edge, '', (value, key) => (key === 'publishedAt' ? null : value)) : edge)),
  );
  return { body: `${edges.slice(0, -1)},"errors":${JSON.stringify([{ message: '内部表 T_SECRET 不存在', path }])}}` };
};

/** Somebody else's records inside a record of the system's own. */
export const foreignInside: Garbage = ({ text, other }) => ({
  body: changed(text, (value, key) => (key === 'deals' || key === 'sections' ? walked(value, '', foreign(other)) : value)),
});

/** Harmless: names that would reach into an object's prototype, beside a true answer. */
export const prototypeKeys: Garbage = ({ text }) => ({
  body: text.replaceAll(/\{(?=")/g, '{"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}},'),
});

type Edge = Readonly<Record<string, unknown>>;

type Change = (value: unknown, key: string) => unknown;

function changed(text: string, change: Change): string {
  const answer: unknown = JSON.parse(text);
  const data = isObject(answer) ? answer['data'] : undefined;
  return JSON.stringify({ data: walked(data, 'data', change) });
}

function walked(value: unknown, key: string, change: Change): unknown {
  const inner = Array.isArray(value)
    ? value.map((item) => walked(item, '', change))
    : isObject(value)
      ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, walked(item, name, change)]))
      : value;
  return key === 'data' ? inner : change(inner, key);
}

function withEdges(text: string, change: (edges: readonly Edge[]) => readonly unknown[]): string {
  return changed(text, (value, key) => (key === 'edges' && Array.isArray(value) ? change(value.filter(isObject)) : value));
}

/** Ids and cursors as if the rows were another system's. */
function foreign(other: string): Change {
  const rename = (id: string): string | undefined => {
    const decoded = decodeRecordId(id);
    return decoded === undefined ? undefined : encodeRecordId({ ...decoded, system: other });
  };
  return (value) => {
    if (typeof value !== 'string') return value;
    const cursor = decodeSystemCursor(value);
    return cursor === undefined ? (rename(value) ?? value) : encodeSystemCursor([cursor[0], rename(cursor[1]) ?? cursor[1]]);
  };
}
