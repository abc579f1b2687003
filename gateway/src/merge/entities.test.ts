import { encodeRecordId } from '@hub/schema';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { entityKeyOf } from '../fetch/source.ts';
import { bucketEntities, type Buckets } from './entities.ts';

const work = (system: string, key: string) => ({ __typename: 'Work', id: encodeRecordId({ system, type: 'Work', key }) });

function bucket(representations: readonly unknown[], sole: boolean): Buckets {
  return bucketEntities(
    { texts: representations.map((one) => JSON.stringify(one)), keyOf: (index) => entityKeyOf(representations[index]) },
    sole,
  );
}

/** What is wanted of a representation. */
const wanted = (one: { readonly __typename: string; readonly id?: string }, indexes: readonly number[]) => ({
  text: JSON.stringify(one),
  typename: one.__typename,
  id: one.id,
  indexes,
});

describe('partitioning.md «Entities»', () => {
  test('each distinct entity goes once to its own system and knows every place that wants it', () => {
    const [a1, b1, a2] = [work('aa', '1'), work('bb', '1'), work('aa', '2')];
    expect(bucket([a1, b1, a1, a2], false)).toEqual({
      bySystem: new Map([
        ['aa', [wanted(a1, [0, 2]), wanted(a2, [3])]],
        ['bb', [wanted(b1, [1])]],
      ]),
      invalid: [],
    });
  });

  test.each([
    ['no id', { __typename: 'Work' }],
    ['an id that is none', { __typename: 'Work', id: 'nonsense' }],
    ['an id of another type', { ...work('aa', '1'), __typename: 'Deal' }],
    ['no type', { id: work('aa', '1').id }],
    ['null', null],
  ])('%s is invalid and asks nobody', (_name, representation) => {
    expect(bucket([representation], false)).toEqual({ bySystem: new Map(), invalid: [0] });
  });

  test('of a shared register another key will do: they are its holder’s', () => {
    const [c1, c2, a1] = [{ __typename: 'Work', code: '1' }, { __typename: 'Work', code: '2' }, work('aa', '1')];
    expect(bucket([c1, a1, c2, c1, { __typename: 'Work', id: '!' }], true)).toEqual({
      bySystem: new Map([
        [undefined, [wanted(c1, [0, 3]), wanted(c2, [2])]],
        ['aa', [wanted(a1, [1])]],
      ]),
      invalid: [4],
    });
  });

  test('P5: every index is wanted exactly once, whatever the mixture', () => {
    const any = fc.oneof(
      fc.tuple(fc.constantFrom('aa', 'bb', 'cc'), fc.constantFrom('1', '2')).map(([system, key]): unknown => work(system, key)),
      fc.constant<unknown>({ __typename: 'Work', id: '!' }),
    );
    fc.assert(
      fc.property(fc.array(any), (representations) => {
        const { bySystem, invalid } = bucket(representations, false);
        const indexes = [...invalid, ...[...bySystem.values()].flat().flatMap((one) => one.indexes)];
        expect(indexes.toSorted((a, b) => a - b)).toEqual([...representations.keys()]);
      }),
    );
  });
});
