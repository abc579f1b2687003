/**
 * Which of two types, as they are written, promises more.
 * @see https://spec.graphql.org/October2021/#sec-Combining-List-and-Non-Null
 */

/** @returns Whether `strict` is `loose` with none, or some, of its `!` added. */
export function isAsStrict(strict: string, loose: string): boolean {
  let at = 0;
  for (const sign of strict) {
    if (sign === loose[at]) at += 1;
    else if (sign !== '!') return false;
  }
  return at === loose.length;
}

/** @returns The name at the core of a type: `[Region!]!` → `Region`. */
export function namedIn(type: string): string {
  return type.replaceAll(/[[\]!]/g, '');
}
