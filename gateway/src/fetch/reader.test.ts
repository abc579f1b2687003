import { encodeRecordId } from '@hub/schema';
import { type GraphQLObjectType, isObjectType, Kind, parse, type SelectionNode } from 'graphql';
import { describe, expect, test } from 'vitest';

import { worksSupergraph } from '../../testing/works.ts';
import { readSupergraph } from '../plan/marks.ts';
import { compileReader, ForeignAnswer, InvalidAnswer } from './reader.ts';
import { resolveSelections } from './selection.ts';

const schema = readSupergraph(worksSupergraph());
const id = (system: string, type = 'Work') => encodeRecordId({ system, type, key: '1' });

function objectType(name: string): GraphQLObjectType {
  const type = schema.getType(name);
  if (!isObjectType(type)) throw new Error(`${name} is no object type`);
  return type;
}

function selections(text: string): readonly SelectionNode[] {
  const [operation] = parse(text).definitions;
  return operation?.kind === Kind.OPERATION_DEFINITION ? resolveSelections(operation.selectionSet, new Map(), {}) : [];
}

const read = (text: string, value: unknown, type = 'Work') =>
  compileReader(objectType(type), selections(text), { schema, where: type, nameOf: (system) => `${system}系统` })(value, 'aa');

describe('what a system may answer', () => {
  test('only what was asked for is taken over, and the type of a record said for the executor', () => {
    const value = JSON.parse(`{"c":"1","__proto__":{"polluted":true},"more":2,"price":{"yuan":"0.10","x":1}}`);
    const taken = read('{ c: code price { yuan } }', value);
    expect(taken).toEqual({ __typename: 'Work', c: '1', price: { yuan: '0.10' } });
    expect('polluted' in Object(taken)).toBe(false);
  });

  test('fragments apply by type, lists are read item by item', () => {
    const value = { id: id('aa'), siblings: [{ title: 'a' }, { title: null }], record: { __typename: 'Detail', text: 'x' } };
    expect(
      read(
        '{ ... on Record { id } ... on Detail { text } siblings { title } record { ... on Detail { text } ... on Work { code } } }',
        value,
      ),
    ).toEqual({
      __typename: 'Work',
      id: id('aa'),
      siblings: [
        { __typename: 'Work', title: 'a' },
        { __typename: 'Work', title: null },
      ],
      record: { __typename: 'Detail', text: 'x' },
    });
  });

  test.each([
    ['a number for a text', '{ code }', { code: 1 }],
    ['an absent field', '{ code title }', { code: '1' }],
    ['null where there must be a value', '{ id }', { id: null }],
    ['a null in a list', '{ siblings { code } }', { siblings: [null] }],
    ['an object for a list', '{ siblings { code } }', { siblings: { code: '1' } }],
    ['a list for an object', '{ price { yuan } }', { price: [] }],
    ['a text for an object', '{ price { yuan } }', { price: 'x' }],
    ['a decimal that is none', '{ price { yuan } }', { price: { yuan: '1e3' } }],
    ['a decimal as a number', '{ price { yuan } }', { price: { yuan: 1.5 } }],
    ['an instant in another zone', '{ publishedAt }', { publishedAt: '2026-01-01T00:00:00Z' }],
    ['an instant that is none', '{ publishedAt }', { publishedAt: '昨天' }],
    ['an enum value of nobody', '{ origin }', { origin: 'STOLEN' }],
    ['another type name', '{ __typename }', { __typename: 'Detail' }],
    ['an id of another system', '{ id }', { id: id('bb') }],
    ['an id of another type', '{ id }', { id: id('aa', 'Detail') }],
    ['an id under an alias', '{ x: id }', { x: id('bb') }],
    ['an id that is none', '{ id }', { id: 'nonsense' }],
    ['another system', '{ system { code } }', { system: { code: 'bb' } }],
    ['another system behind a fragment', '{ system { ... on System { code } } }', { system: { code: 'bb' } }],
    ['another system in an inner record', '{ siblings { system { c: code } } }', { siblings: [{ system: { c: 'bb' } }] }],
    ['an inner record of another system', '{ siblings { id } }', { siblings: [{ id: id('bb') }] }],
    ['a type that cannot be there', '{ record { id } }', { record: { __typename: 'System', id: id('aa') } }],
    ['no type where several are possible', '{ record { id } }', { record: { id: id('aa') } }],
    ['nothing at all', '{ code }', undefined],
  ])('refuses %s', (_name, text, value) => {
    expect(() => read(text, value)).toThrow(expect.objectContaining({ name: 'InvalidAnswer' }));
  });

  test('a refusal quotes no value', () => {
    expect(() => read('{ price { yuan } }', { price: { yuan: '底价 42' } })).toThrow(/^Work\.price\.yuan is no Decimal$/);
  });

  test.each([
    ['Int', { works: 2 ** 31 }],
    ['Int', { works: 1.5 }],
    ['Int', { works: '1' }],
  ])('an %s out of bounds is refused: %j', (_type, value) => {
    expect(() => read('{ works }', value, 'WorkGroup')).toThrow(expect.objectContaining({ name: 'InvalidAnswer' }));
  });

  test('what a system is called is said by the routing table, and another one’s record is told apart from a broken one', () => {
    const own = { system: { code: 'aa', name: 'bb系统' } };
    expect(read('{ system { code called: name } }', { system: { code: 'aa', called: 'bb系统' } })).toEqual({
      __typename: 'Work',
      system: { code: 'aa', called: 'aa系统' },
    });
    expect(read('{ system { name } }', own)).toEqual({ __typename: 'Work', system: { name: 'aa系统' } });
    expect(() => read('{ system { code } }', { system: { code: 'bb' } })).toThrow(ForeignAnswer);
    expect(() => read('{ siblings { id } }', { siblings: [{ id: id('aa') }, { id: id('bb') }] })).toThrow(ForeignAnswer);
    expect(() => read('{ id }', { id: id('aa', 'Detail') })).not.toThrow(ForeignAnswer);
    expect(() => read('{ id }', { id: id('aa', 'Detail') })).toThrow(InvalidAnswer);
  });
});
