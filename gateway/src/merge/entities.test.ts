import { encodeRecordId } from '@hub/schema';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { bucketEntities } from './entities.ts';

const work = (system: string, key: string) => ({ __typename: 'Work', id: encodeRecordId({ system, type: 'Work', key }) });

describe('partitioning.md «Entities»', () => {
  test('each distinct entity goes once to its own system and knows every place that wants it', () => {
    const [a1, b1, a2] = [work('aa', '1'), work('bb', '1'), work('aa', '2')];
    expect(bucketEntities([a1, b1, a1, a2], false)).toEqual({
      bySystem: new Map([
        [
          'aa',
          [
            { representation: a1, id: a1.id, indexes: [0, 2] },
            { representation: a2, id: a2.id, indexes: [3] },
          ],
        ],
        ['bb', [{ representation: b1, id: b1.id, indexes: [1] }]],
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
    expect(bucketEntities([representation], false)).toEqual({ bySystem: new Map(), invalid: [0] });
  });

  test('of a shared register another key will do: they are its holder’s', () => {
    const [c1, c2, a1] = [{ __typename: 'Work', code: '1' }, { __typename: 'Work', code: '2' }, work('aa', '1')];
    expect(bucketEntities([c1, a1, c2, c1, { __typename: 'Work', id: '!' }], true)).toEqual({
      bySystem: new Map([
        [
          undefined,
          [
            { representation: c1, id: undefined, indexes: [0, 3] },
            { representation: c2, id: undefined, indexes: [2] },
          ],
        ],
        ['aa', [{ representation: a1, id: a1.id, indexes: [1] }]],
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
        const { bySystem, invalid } = bucketEntities(representations, false);
        const indexes = [...invalid, ...[...bySystem.values()].flat().flatMap((wanted) => wanted.indexes)];
        expect(indexes.toSorted((a, b) => a - b)).toEqual([...representations.keys()]);
      }),
    );
  });
});
