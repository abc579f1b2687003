/**
 * SDLs made to be dear, or to be taken for something else: large, deep, wide, repeated, and texts that computers read otherwise.
 */

const many = (count: number, one: (at: number) => string, between = '\n'): string =>
  Array.from({ length: count }, (_, at) => one(at)).join(between);
const nested = (levels: number, inner: string): string => `${'['.repeat(levels)}${inner}${']'.repeat(levels)}`;
const query = 'type Query { a: Int }';

/** By what they try; made when they are needed. */
export const maliciousSdls: Readonly<Record<string, () => string>> = {
  '10 MB': () => `${query} #${'x'.repeat(10_000_000)}`,
  '100,000 types': () => many(100_000, (at) => `type T${at}{a:Int}`),
  'a deep cycle of inputs': () => many(3000, (at) => `input C${at} { next: C${(at + 1) % 3000}!, l: ${nested(60, `C${at}`)} }`),
  'a deep cycle of interfaces': () =>
    many(3900, (at) => `interface I${at} implements I${(at + 1) % 3900} & I${(at + 7) % 3900} { i: I${(at + 2) % 3900} }`),
  'a type as deep as the stack': () => `type Query { a: ${nested(200_000, 'Int')} }`,
  'a value as deep as the stack': () => `type Query { a(b: Int = ${nested(100_000, '1')}): Int }`,
  'many deep types': () => `type Query { ${many(140, (at) => `f${at}: ${nested(1000, 'Int')}`)} }`,
  'one string of 4 MB': () => `"${'x'.repeat(3_900_000)}" ${query}`,
  'a block string of blank lines': () => `"""${'\n'.repeat(3_900_000)}""" ${query}`,
  'a block string of escapes': () => `"""${'\\"""'.repeat(900_000)}""" ${query}`,
  '100,000 directives on a field': () => `type Query { a: Int ${'@d '.repeat(100_000)} }`,
  '60,000 arguments of a directive': () => `type Query { a: Int @d(${many(60_000, (at) => `a${at}: 1`, ' ')}) }`,
  'extensions of extensions': () => many(3900, (at) => `extend type Query implements ${many(30, (of) => `I${at}_${of}`, ' & ')}`),
  'one type again and again': () => many(3900, () => query),
  'one field again and again': () => `type Query { ${'a: Int '.repeat(90_000)} }`,
  'a union of 140,000': () => `union U = ${many(140_000, (at) => `T${at}`, ' | ')}`,
  '250,000 values': () => `enum E { ${many(250_000, (at) => `V${at}`, ' ')} }`,
  '90,000 types that are not there': () => `type Query { ${many(90_000, (at) => `f${at}: U${at}`, ' ')} }`,
  'as wide as may be read': () => many(3900, (at) => `type T${at} { ${many(15, (field) => `f${field}: Int`, ' ')} }`),
  'fragments that double': () => `${many(16_000, (at) => `fragment F${at} on Q { ...F${at + 1} ...F${at + 1} }`)} { ...F0 }`,
  'names of 1 MB': () => `type Query { ${'n'.repeat(1_000_000)}(${'a'.repeat(1_000_000)}: Int): ${'U'.repeat(1_000_000)} }`,
  '1,900,000 comments': () => `${'#\n'.repeat(1_900_000)}${query}`,
  '3,900,000 commas': () => `${','.repeat(3_900_000)}${query}`,
  '300,000 escapes': () => `"${'\\u{10FFFF}'.repeat(300_000)}" ${query}`,
  'NUL bytes': () => `${query}\0`,
  'half a character': () => `"\uD800" ${query}`,
  'a name that reads backwards': () => 'type Query { a\u202E: Int }',
  'a letter of another script': () => 'type Nоtice { a: Int }',
  'names of an object’s own': () =>
    'type __proto__ { constructor: toString } type constructor { __proto__(hasOwnProperty: Int): Int } enum toString { __proto__ }',
  nothing: () => '',
};
