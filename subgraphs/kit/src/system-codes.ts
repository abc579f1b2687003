/**
 * Code lists as a province's systems label them: the law's lists, with the province's own regions and categories added.
 * @see design/graph.md «Types»
 */
import { type CodeValue, CodeLists, type Province, law } from '@hub/schema';

/** @returns The lists; what the province adds stands after the nation's, and says nothing of codes that those have. */
export function provinceCodes({ regions, categories }: Province): CodeLists {
  const national = law().codes;
  const added: Readonly<Record<string, readonly CodeValue[]>> = {
    REGION: regions.map(({ code, name, until }) => ({ ...value(code, name), until })),
    CATEGORY: categories
      .filter(({ code }) => !national.isKnown('CATEGORY', code))
      .map(({ code, name, direction }) => ({ ...value(code, name), direction, provincial: true })),
  };
  return new CodeLists(
    national.all().map((list) => {
      const more = added[list.name];
      return more === undefined ? list : { ...list, complete: false, values: [...list.values, ...more] };
    }),
  );
}

function value(code: string, label: string): CodeValue {
  return { code, label, labelEn: undefined, from: undefined, until: undefined };
}
