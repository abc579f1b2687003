/**
 * What a representation stands for.
 */
import type { Stock, Thing } from './shops.ts';

const keys = { User: 'id', Product: 'upc', Review: 'id' } as const;

/** The things of one subgraph by their representations. */
export class Things {
  readonly #stock: Stock;
  /** Products of whom no price and no weight were told. */
  readonly #bare: ReadonlyMap<string, Thing> | undefined;

  /** @param computing - Whether this subgraph computes from what representations say. */
  constructor(stock: Stock, computing: boolean) {
    this.#stock = stock;
    this.#bare = computing
      ? new Map(stock.catalogue.map((product) => [String(product['upc']), { ...product, shippingEstimate: null }]))
      : undefined;
  }

  /** @returns The thing with this key. */
  known(type: 'User' | 'Product' | 'Review', key: unknown): Thing | undefined {
    return typeof key === 'string' ? this.#stock.byKey[type].get(key) : undefined;
  }

  /** @returns What is represented; null when nobody knows it; nothing when it is no plain representation. */
  represented(said: unknown): Thing | null | undefined {
    if (typeof said !== 'object' || said === null || !('__typename' in said)) return undefined;
    const type = said.__typename;
    if (type !== 'User' && type !== 'Product' && type !== 'Review') return undefined;
    const key: unknown = Reflect.get(said, keys[type]);
    const thing = this.known(type, key);
    if (thing === undefined) return typeof key === 'string' ? null : undefined;
    if (this.#bare === undefined || type !== 'Product' || typeof key !== 'string') return thing;
    if (!('price' in said) && !('weight' in said)) return this.#bare.get(key) ?? null;
    // Whoever tells another price than ours is answered by computing.
    const told = 'price' in said && said.price === thing['price'] && 'weight' in said && said.weight === thing['weight'];
    return told ? thing : undefined;
  }
}
