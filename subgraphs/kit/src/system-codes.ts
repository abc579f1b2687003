/**
 * Code lists as a province's systems label them: the law's lists, with the province's own regions added.
 * @see design/graph.md «Types»
 */
import { CodeLists, type Province, law } from '@hub/schema';

/** @returns The lists; regions of the province stand beside the nation's. */
export function provinceCodes(province: Province): CodeLists {
  const national = law().codes.list('REGION');
  const regions = province.regions.map(({ code, name }) => ({ code, label: name, labelEn: undefined, from: undefined, until: undefined }));
  const region = { name: 'REGION', complete: false, values: [...(national?.values ?? []), ...regions] };
  return new CodeLists([
    ...law()
      .codes.all()
      .filter(({ name }) => name !== 'REGION'),
    region,
  ]);
}
