/**
 * What the subgraphs hold: four hundred shops that differ in every word, so that questions about two of them share nothing. The
 * second half speaks Chinese. Things know each other directly, as graphql-js needs them to answer from them.
 */

/** A thing of the graph with all its fields. */
export type Thing = Readonly<Record<string, unknown>> & { readonly __typename: 'User' | 'Product' | 'Review' };

/** Shops of each language; the first of the second language. */
export const shopsOfALanguage = 200;

const [users, products, reviewsOfAUser] = [6, 10, 4];

interface Words {
  readonly user: string;
  readonly product: string;
  readonly body: string;
}

const english: Words = {
  user: 'Buyer from across the river',
  product: 'Folding table',
  body: 'Stands straight. One drawer sticks',
};
const chinese: Words = {
  user: '河对岸来的采购人',
  product: '带两个抽屉的折叠工作台',
  body: '按时送到，装了一个小时就站稳了。天潮的时候第二个抽屉有点紧，别的都好，师傅来看过，说过一阵子就顺了',
};

interface Shop {
  readonly users: readonly Thing[];
  readonly products: readonly Thing[];
}

/** Everything by its key, and the shops in order. */
export interface Stock {
  readonly shops: readonly Shop[];
  /** All products, shop after shop. */
  readonly catalogue: readonly Thing[];
  readonly byKey: Readonly<Record<'User' | 'Product' | 'Review', ReadonlyMap<string, Thing>>>;
}

/** @returns The same stock in every process. */
export function stockShops(): Stock {
  const shops = Array.from({ length: 2 * shopsOfALanguage }, (_, shop) => stocked(shop, shop < shopsOfALanguage ? english : chinese));
  const catalogue = shops.flatMap(({ products }) => products);
  const reviews = shops.flatMap(({ reviews }) => reviews);
  return {
    shops,
    catalogue,
    byKey: {
      User: new Map(shops.flatMap(({ users }) => users).map((user) => [String(user['id']), user])),
      Product: new Map(catalogue.map((product) => [String(product['upc']), product])),
      Review: new Map(reviews.map((review) => [String(review['id']), review])),
    },
  };
}

function stocked(shop: number, words: Words): Shop & { readonly reviews: readonly Thing[] } {
  const [ofUser, ofProduct] = [Array.from({ length: users }, (): Thing[] => []), Array.from({ length: products }, (): Thing[] => [])];
  const buyers = ofUser.map((reviews, place): Thing => {
    const joined = `20${10 + (place % 10)}-0${1 + (shop % 9)}-1${place}`;
    return {
      __typename: 'User',
      id: `u${shop}-${place}`,
      name: `${words.user} ${shop}-${place}`,
      handle: `b${shop}.${place}`,
      joined,
      reviews,
    };
  });
  const goods = ofProduct.map((reviews, place): Thing => {
    const [price, weight] = [100 + ((shop * 7 + place * 13) % 1900), 50 * (1 + ((shop + place) % 40))];
    const known = { inStock: (shop + place) % 3 > 0, shippingEstimate: shippingOf(price, weight), reviews };
    return { __typename: 'Product', upc: `p${shop}-${place}`, name: `${words.product} ${shop}-${place}`, price, weight, ...known };
  });
  const reviews = buyers.flatMap((author, place) =>
    Array.from({ length: reviewsOfAUser }, (_, number): Thing => {
      const good = (place * 5 + number * 2) % products;
      const body = `${words.body} ${shop}-${place}-${number}`;
      const [id, stars] = [`r${shop}-${place}-${number}`, 1 + ((shop + place + number) % 5)];
      const review: Thing = { __typename: 'Review', id, body, stars, author, product: goods[good] };
      ofUser[place]?.push(review);
      ofProduct[good]?.push(review);
      return review;
    }),
  );
  return { users: buyers, products: goods, reviews };
}

/** @returns What sending a thing costs; nothing is known of one whose price or weight nobody told. */
export function shippingOf(price: unknown, weight: unknown): number | null {
  return typeof price === 'number' && typeof weight === 'number' ? (price > 1000 ? 0 : Math.floor(weight / 2)) : null;
}

/** What a field of `Query` answers; its arguments are whole numbers. */
export type RootField = (args: Readonly<Record<string, number>>) => readonly Thing[];

/** @returns The fields of `Query`. */
export function rootsOf({ shops, catalogue }: Stock): Readonly<Record<'users' | 'topProducts' | 'catalogue', RootField>> {
  return {
    users: ({ shop = -1 }) => shops[shop]?.users ?? [],
    topProducts: ({ shop = -1, first = 0 }) => (shops[shop]?.products ?? []).slice(0, Math.max(0, first)),
    catalogue: ({ from = 0, first = 0 }) => catalogue.slice(Math.max(0, from), Math.max(0, from) + Math.max(0, first)),
  };
}
