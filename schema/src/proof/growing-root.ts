/**
 * The root of a list that grows, kept with one hash for each power of two in its length: an append costs no reading back.
 * @see RFC 9162 2.1; design/feed.md 9
 */
import { taggedHash } from './hashes.ts';
import { emptyRoot } from './key-tree.ts';

/** The root of a list without the list. */
export class GrowingRoot {
  /** Roots of the whole subtrees so far, the largest first. */
  readonly #whole: { readonly size: number; readonly root: Buffer }[] = [];

  /** @param leaf - The hash that stands next in the list. */
  append(leaf: Buffer): void {
    let added = { size: 1, root: leaf };
    for (let last = this.#whole.at(-1); last?.size === added.size; last = this.#whole.at(-1)) {
      this.#whole.pop();
      added = { size: added.size * 2, root: taggedHash('listNode', last.root, added.root) };
    }
    this.#whole.push(added);
  }

  /** Root of the list as it is now, as `listRoot` gives it. */
  get root(): Buffer {
    const roots = this.#whole.map(({ root }) => root);
    return roots.length === 0 ? emptyRoot() : roots.reduceRight((right, left) => taggedHash('listNode', left, right));
  }
}
