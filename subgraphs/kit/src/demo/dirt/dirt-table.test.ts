import { law, validateRecord } from '@hub/schema';
import { describe, expect, test } from 'vitest';

import { openProvinceFolder } from '../../province-folder.ts';
import { provinceCodes } from '../../system-codes.ts';
import { documentOf, toyFolder } from '../../testing/province-folders.ts';
import { demonstrationRecords } from '../demonstration.ts';
import { readNames } from '../names.ts';
import type { DemoRecord } from '../tell-project.ts';
import { type DirtKind, dirtRules, dirtTable, widespreadDirt } from './dirt-table.ts';

const folder = await openProvinceFolder(toyFolder);
const { province } = folder;
const names = readNames(await documentOf(folder, 'names.json'));
const records = province.systems.flatMap(({ code }) => [
  ...demonstrationRecords(province, names, { system: code, seed: 'dirt', scale: 8, today: '2026-11-22' }),
]);
const codes = provinceCodes(province);
const datasets = new Map(law().contracts.flatMap(({ contract }) => contract.datasets.map((dataset) => [dataset.code, dataset])));

const hasDirt = (record: DemoRecord, kind: DirtKind): boolean => record.dirt.includes(kind);
const judge = (record: DemoRecord): 'none' | 'warning' | 'refusal' => {
  const dataset = datasets.get(record.dataset);
  if (dataset === undefined) throw new RangeError(record.dataset);
  const { refusals, warnings } = validateRecord(dataset, record, { codes, sourceKind: 'DEMONSTRATION' });
  return refusals.length > 0 ? 'refusal' : warnings.length > 0 ? 'warning' : 'none';
};
/** Four standard deviations: one wrong test in ten thousand seeds, and this seed is fixed. */
const near = (count: number, of: number, share: number): boolean =>
  Math.abs(count - of * share) <= 4 * Math.sqrt(of * share * (1 - share)) + 1;

describe('each kind of dirt has the share its table says', () => {
  test.each(dirtRules.map(([kind, rule]) => ({ kind, rule })))('$kind', ({ kind, rule }) => {
    const eligible = records.filter(
      (record) => rule.on.some((code) => code === record.dataset) && (hasDirt(record, kind) || rule.applies?.(record.fields) !== false),
    );
    const spoilt = eligible.filter((record) => hasDirt(record, kind));
    expect({ of: eligible.length > 100, some: spoilt.length > 0, near: near(spoilt.length, eligible.length, rule.share) }).toEqual({
      of: true,
      some: true,
      near: true,
    });
  });

  test.each(Object.entries(widespreadDirt))('%s', (kind, { on, share }) => {
    const all = records.filter(({ dataset }) => dataset === on);
    const spoilt = all.filter(({ dirt }) => dirt.some((item) => item === kind));
    expect({ some: spoilt.length > 0, near: near(spoilt.length, all.length, share) }).toEqual({ some: true, near: true });
  });
});

describe('the law says to each kind what its table says', () => {
  test.each(Object.entries(dirtTable))('%s', (kind, { effect }) => {
    // What runs through a whole project would speak too.
    const spoilt = records.filter(
      ({ dirt, fields }) => dirt.length === 1 && dirt.some((item) => item === kind) && !hasWrongDealCheck(fields),
    );
    const verdicts = new Set(spoilt.map(judge));
    expect([...verdicts]).toEqual([effect]);
  });

  test('clean records keep the standard', () => {
    const clean = records.filter(({ dirt, fields }) => dirt.length === 0 && !hasWrongDealCheck(fields));
    const found = clean.filter((record) => judge(record) !== 'none').map(({ dataset, fields }) => ({ dataset, fields }));
    expect(clean.length).toBeGreaterThan(20_000);
    expect(found.slice(0, 3)).toEqual([]);
  });

  test('refusals fall on leaves: no child is orphaned by one', () => {
    const refused = new Set(dirtRules.flatMap(([, { effect, on }]) => (effect === 'refusal' ? on : [])));
    expect([...refused].toSorted()).toEqual(['BID_EVALUATION_EXPERT', 'LETTER_OF_GUARANTEE', 'TENDER_EVALUATION']);
  });
});

const wrongDealCodes = records.filter(({ dirt }) => dirt.includes('wrongDealCheck')).map(({ fields }) => fields['UNIFIED_DEAL_CODE'] ?? '');

function hasWrongDealCheck(fields: Readonly<Record<string, string>>): boolean {
  const codesOf = `${fields['UNIFIED_DEAL_CODE'] ?? ''};${fields['UNIFIED_DEAL_CODES'] ?? ''}`;
  return wrongDealCodes.some((code) => codesOf.includes(code));
}
