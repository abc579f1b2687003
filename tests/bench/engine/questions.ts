/**
 * The questions the contestants are asked, and how their variables change from request to request.
 */
import { shopsOfALanguage } from './shops.ts';

/** One question in all its variants; no two variants have a key in common. */
export interface Question {
  readonly query: string;
  /** Variables of each variant. */
  readonly variants: readonly Ask['variables'][];
}

const nested = `query Shop($shop: Int!) {
  users(shop: $shop) { ...Who reviews { ...Said product { ...What reviews { ...Said author { ...Who reviews { ...Said product { ...What } } } } } } }
  topProducts(shop: $shop, first: 5) { ...What reviews { ...Said author { ...Who reviews { ...Said product { ...What } } } } }
}
fragment Who on User { id name handle joined }
fragment Said on Review { id body stars }
fragment What on Product { upc name price weight inStock shippingEstimate }`;

const small = 'query Top($shop: Int!) { topProducts(shop: $shop, first: 5) { upc name price inStock } }';
const wide = `query Catalogue($from: Int!) { catalogue(from: $from, first: 1000) { upc name price weight inStock shippingEstimate } }`;

/** Rows of the scattered page. */
export const pageSize = 20;

const scatter = `query Page($word: String!) { notices(first: ${pageSize}, filter: { title: { text: $word } }) {
  nodes { id title publishedAt stage { label } category { label } region { name } system { code name } } pageInfo { hasNextPage } coverage { complete }
} }`;

const shops = Array.from({ length: shopsOfALanguage }, (_, shop) => ({ shop }));

export const questions = {
  /** All four subgraphs, back and forth. */
  nested: { query: nested, variants: shops },
  /** The same in Chinese: what is beyond Latin-1 costs otherwise. */
  chinese: { query: nested, variants: shops.map(({ shop }) => ({ shop: shop + shopsOfALanguage })) },
  /** Five rows of two subgraphs. */
  small: { query: small, variants: shops },
  /** A thousand rows of two subgraphs. */
  wide: { query: wide, variants: Array.from({ length: 20 }, (_, page) => ({ from: page * 40 })) },
  /** One page of all systems, of a law of its own. */
  scatter: { query: scatter, variants: shops.map(({ shop }) => ({ word: `w${shop}` })) },
} as const satisfies Readonly<Record<string, Question>>;

/** One request. */
export interface Ask {
  readonly query: string;
  readonly variables: Readonly<Record<string, number | string>>;
}

/** How requests follow each other: all variants in turn; one again and again; texts nobody asked before, from a number on. */
export interface Following {
  readonly requests: 'unlike' | 'same' | 'once';
  readonly texts: number;
  readonly from: number;
}

/** @returns What is asked, in order. */
export function asksOf(name: keyof typeof questions, { requests, texts, from }: Following): readonly Ask[] {
  const { query, variants }: Question = questions[name];
  const [first = {}] = variants;
  if (requests === 'unlike') return variants.map((variables) => ({ query, variables }));
  if (requests === 'same') return [{ query, variables: first }];
  return Array.from({ length: texts }, (_, number) => ({
    query: query.replace(/\bname\b/, `name${from + number}: name`),
    variables: variants[number % variants.length] ?? first,
  }));
}
