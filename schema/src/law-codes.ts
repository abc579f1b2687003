/**
 * The code lists of a law: those of its files, and the categories that contracts found. A contract named for its category founds
 * it where the list has none of that code: a further trade is one contract, registered nowhere else.
 * @see schema/README.md «Adding a contract»; schema/codes/CATEGORY.json
 */
import { CodeLists, type CodeValue, loadCodeLists } from './codes.ts';
import type { Contract } from './contract.ts';

/**
 * @param files - Parsed files of `schema/codes/`.
 * @throws HubError CONTRACT_INVALID when one is not a code list.
 */
export function lawCodes(files: readonly unknown[], contracts: readonly Contract[]): CodeLists {
  const written = loadCodeLists(files);
  const founded = contracts.flatMap(({ name, category, title, direction }): CodeValue[] =>
    category !== name || direction === undefined || written.isKnown('CATEGORY', category)
      ? []
      : [{ code: category, label: title, labelEn: undefined, from: undefined, until: undefined, direction }],
  );
  if (founded.length === 0) return written;
  return new CodeLists(written.all().map((list) => (list.name === 'CATEGORY' ? { ...list, values: [...list.values, ...founded] } : list)));
}
