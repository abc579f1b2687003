import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { sm3 } from './hashes.ts';
import { consistencyPath, growthHolds, inclusionPath, listRoot, rootByInclusion } from './list-tree.ts';

const listOf = (size: number): Buffer[] => Array.from({ length: size }, (_, at) => sm3(Buffer.from(`${at}`)));
const flipped = (hash: Buffer | undefined): Buffer => Buffer.from(hash ?? []).fill(0xff, 0, 1);

describe('Lists that grow (RFC 9162 2.1)', () => {
  test('everything in a list is proved, and nothing else by the same path', () => {
    for (let size = 1; size <= 20; size++) {
      const list = listOf(size);
      for (const [index, leaf] of list.entries()) {
        const path = inclusionPath(list, index);
        expect(rootByInclusion(leaf, path, { index, size })).toEqual(listRoot(list));
        expect(rootByInclusion(flipped(leaf), path, { index, size })).not.toEqual(listRoot(list));
        const elsewhere = Array.from({ length: size }, (_, at) => at).filter((at) => at !== index);
        const held = elsewhere.filter((at) => rootByInclusion(leaf, path, { index: at, size })?.equals(listRoot(list)));
        expect(held).toEqual([]);
        expect(rootByInclusion(leaf, [...path, sm3(leaf)], { index, size })).not.toEqual(listRoot(list));
      }
    }
  });

  test('a later list is proved to continue an earlier one; not one in which an earlier leaf is another, nor with a path changed', () => {
    for (let after = 2; after <= 20; after++) {
      for (let before = 1; before <= after; before++) {
        const list = listOf(after);
        const path = consistencyPath(list, before);
        const claim = { before: { size: before, root: listRoot(list.slice(0, before)) }, after: { size: after, root: listRoot(list) } };
        expect([before, after, growthHolds(claim, path)]).toEqual([before, after, true]);
        const rewritten = list.with(before - 1, sm3(Buffer.from('another')));
        const forged = { ...claim, after: { size: after, root: listRoot(rewritten) } };
        expect([before, after, growthHolds(forged, consistencyPath(rewritten, before))]).toEqual([before, after, false]);
        for (const at of path.keys()) expect(growthHolds(claim, path.with(at, flipped(path[at])))).toBe(false);
      }
    }
  });

  test('paths that make no sense hold for nothing', () => {
    fc.assert(
      fc.property(
        fc.nat(40),
        fc.nat(40),
        fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { maxLength: 8 }),
        (before, after, path) => {
          const claim = {
            before: { size: before, root: listRoot(listOf(before)) },
            after: { size: after, root: listRoot(listOf(after).toReversed()) },
          };
          expect(
            growthHolds(
              claim,
              path.map((hash) => Buffer.from(hash)),
            ),
          ).toBe(before === after && path.length === 0 && before < 2);
        },
      ),
    );
  });
});
