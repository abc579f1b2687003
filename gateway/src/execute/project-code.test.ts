import { buildSchema, type DocumentNode, Kind, parse } from 'graphql';
import { describe, expect, test } from 'vitest';

import { type FastProjection, generateProjection } from './project-code.ts';
import { compileProjection, type Fault } from './project.ts';

const schema = buildSchema(`
  type Query { book: Book! shelf: [[Thing!]] }
  interface Thing { id: ID! name: String }
  type Book implements Thing { id: ID! name: String pages: Int price: Float lent: Boolean! kind: Kind made: Date next: Book }
  type Map implements Thing { id: ID! name: String scale: Int! }
  enum Kind { NEW OLD }
  scalar Date
`);
const text = `{
  book { title: name id pages price lent kind made next { id __typename } }
  shelf { __typename id ... on Map { scale } ... on Book { pages } }
}`;
const book = { id: '1', name: '书', pages: 3, price: 1.5, lent: false, kind: 'NEW', made: { any: 'thing' } };
const good = {
  book: { __typename: 'Book', title: '书', ...book, next: { id: 7, more: 1 } },
  shelf: [
    [
      { __typename: 'Map', id: 'm', scale: 2 },
      { pages: null, id: 'b', __typename: 'Book' },
    ],
    null,
  ],
};

describe('The projection as code', () => {
  test('gives what closures give, in the order that was asked for', () => {
    const { code, closures } = both(text);
    expect(JSON.stringify(code?.(good))).toBe(
      '{"book":{"title":"书","id":"1","pages":3,"price":1.5,"lent":false,"kind":"NEW","made":{"any":"thing"},"next":{"id":7,"__typename":"Book"}},"shelf":[[{"__typename":"Map","id":"m","scale":2},{"__typename":"Book","id":"b","pages":null}],null]}',
    );
    expect(JSON.stringify(closures(good, []))).toBe(JSON.stringify(code?.(good)));
  });

  test('what is absent where it may be is null', () => {
    const { code } = both(text);
    expect(code?.({ book: { id: '1', lent: true } })).toEqual({
      book: { title: null, id: '1', pages: null, price: null, lent: true, kind: null, made: null, next: null },
      shelf: null,
    });
  });

  test.each([
    ['no object', { ...good, book: 1 }],
    ['a list for an object', { ...good, book: [good.book] }],
    ['null that may not be', { ...good, book: null }],
    ['absent that may not be', { ...good, book: { ...good.book, lent: undefined } }],
    ['a text for an ID’s object', { ...good, book: { ...good.book, id: {} } }],
    ['a number for a text', { ...good, book: { ...good.book, title: 1 } }],
    ['a fraction for an Int', { ...good, book: { ...good.book, pages: 1.5 } }],
    ['more than an Int', { ...good, book: { ...good.book, pages: 2 ** 31 } }],
    ['a text for a Float', { ...good, book: { ...good.book, price: '1' } }],
    ['a number for a Boolean', { ...good, book: { ...good.book, lent: 0 } }],
    ['an unknown value of an enum', { ...good, book: { ...good.book, kind: 'LOST' } }],
    ['another type', { ...good, book: { ...good.book, __typename: 'Map' } }],
    ['an unknown type in a list', { ...good, shelf: [[{ __typename: 'Disc', id: '1' }]] }],
    ['no type where there are several', { ...good, shelf: [[{ id: '1' }]] }],
    ['no list', { ...good, shelf: {} }],
    ['no list in a list', { ...good, shelf: [1] }],
    ['null in a list that may have none', { ...good, shelf: [[null]] }],
  ])('gives up at %s', (_, data) => {
    expect(both(text).code?.(data)).toBeUndefined();
  });

  test('reads what stands under another name', () => {
    const { code, closures } = both('{ book { id: name } }', new Map([['id', 'id_1']]));
    expect(code?.({ book: { id: '1', id_1: '书' } })).toEqual({ book: { id: '书' } });
    expect(closures({ book: { id: '1', id_1: '书' } }, [])).toEqual({ book: { id: '书' } });
  });

  test.each([1, 'book', [{ name: '书' }]])('takes %o for no object, even where everything may be null', (value) => {
    expect(both('{ book { name } }').code?.({ book: value })).toBeUndefined();
  });

  test('is not made of names that every object has, nor of what only the schema itself answers', () => {
    expect(both('{ book { constructor: name } }').code).toBeUndefined();
    expect(both('{ book { __proto__: name } }').code).toBeUndefined();
    expect(both('{ book { id } __schema { description } }').code).toBeUndefined();
  });
});

function both(
  query: string,
  keys?: ReadonlyMap<string, string>,
): { code: FastProjection | undefined; closures: (data: Record<string, unknown>, faults: Fault[]) => unknown } {
  const document: DocumentNode = parse(query);
  const [operation] = document.definitions;
  const root = schema.getQueryType();
  if (operation?.kind !== Kind.OPERATION_DEFINITION || root === undefined || root === null) throw new TypeError('no query');
  const reading = { schema, fragments: new Map(), conditions: {}, introspect: () => null, keys };
  return {
    code: generateProjection(operation.selectionSet, root, reading),
    closures: compileProjection(operation.selectionSet, root, reading),
  };
}
