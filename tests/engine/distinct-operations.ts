/**
 * Operations over the shops of which no two have the same text, and a few that come again and again.
 */

const productFields = ['upc', 'name', 'price', 'weight', 'inStock', 'shippingEstimate'] as const;
const userFields = ['id', 'name', 'handle', 'joined'] as const;
const popular = 20;

/** @returns The text of the n-th request; every tenth is one of twenty. */
export function operationText(number: number): string {
  const isPopular = number % 10 === 0;
  const n = isPopular ? (number / 10) % popular : number;
  const name = isPopular ? `Popular${n}` : `Once${n}`;
  const [shop, first] = [n % 400, 1 + (n % 3)];
  const product = `upc a${n}: ${productFields[n % productFields.length]} ${productFields[(n >> 3) % productFields.length]}`;
  const user = `id b${n}: ${userFields[n % userFields.length]}`;
  const [way, of] = [n % 3, `query ${name}`];
  if (way === 0)
    return `${of} { topProducts(shop: ${shop}, first: ${first}) { ${product} reviews { stars c${n}: body author { ${user} } } } }`;
  if (way === 1) return `${of} { users(shop: ${shop}) { ${user} reviews { body d${n}: stars product { ${product} } } } }`;
  return `${of}($more: Boolean = ${n % 2 === 0}) { topProducts(shop: ${shop}) { ${product} reviews @include(if: $more) { e${n}: id } } }`;
}
