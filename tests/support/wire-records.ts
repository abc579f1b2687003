/**
 * Generated records of a system, of every dataset of its contracts: sparse as published ones are, with the same business
 * codes in many of them so that relations join, and some of the codes known to other systems too.
 */
import { type CodeLists, type Dataset, type Province, type SystemRow, type WireRecord, law } from '@hub/schema';

import type { Dice } from './dice.ts';
import { type Pool, unifiedDealCode, wireText } from './wire-values.ts';

/** How much to make. */
export interface Amount {
  /** Records of each dataset. */
  readonly each: number;
  /** Datasets to make records of; undefined: all that the system serves. */
  readonly datasets?: readonly string[] | undefined;
}

const shares = { field: 0.72, ownPlatform: 3 } as const;

/** @returns What the system's records draw from; `place` keeps its own business codes apart from other systems'. */
export function poolOf(province: Province, system: SystemRow, codes: CodeLists): Pool {
  const place = province.systems.indexOf(system) + 1;
  const numbers = [1, 2, 3, 4].map((number) => String(place * 10 + number).padStart(4, '0'));
  // Two that every system knows: the same code may stand for a record here and one there.
  const projects = [...numbers, '0001', '0002'].map((number) => `E990100${number}000000`);
  const tenders = projects.flatMap((code) => [`${code}001`, `${code}00A`]);
  const others = province.systems.filter((row) => row !== system).flatMap(({ platformCodes }) => platformCodes);
  return {
    codes,
    identifiers: new Map([
      ['projectCode', projects],
      ['tenderProjectCode', tenders],
      ['bidSectionCode', tenders.map((code) => `${code}001`)],
      ['unifiedDealCode', [...numbers.map((number) => unifiedDealCode(Number(number))), unifiedDealCode(1), unifiedDealCode(2)]],
      ['investmentCode', ['2025-990000-01-01-000001', '2025-990000-01-01-00000A']],
      ['creditCode', [`91990000${String(place).padStart(10, '0')}`, '91990000MA00000001']],
      ['legalCode', ['914403001922038216', '91990000MA0000001B', '123456789']],
      ['partyCode', ['91990000MA0000001B', '914403001922038216', '914403001922038217', '123456789', '440106199001011234']],
      ['idCard', ['440106199001011234']],
    ]),
    platforms: [...Array.from({ length: shares.ownPlatform }, () => system.platformCodes).flat(), ...others.slice(0, 1)],
    regions: [...province.regions.map(({ code }) => code), '990199', '110101'],
  };
}

/** @returns Records of the system, dataset by dataset; a share of them the law refuses, as real ones are refused. */
export function wireRecords(
  throws: Dice,
  system: SystemRow,
  { pool, each, datasets }: Amount & { readonly pool: Pool },
): readonly WireRecord[] {
  return law()
    .contracts.filter(({ contract }) => system.contracts.includes(contract.name))
    .flatMap(({ contract }) => contract.datasets)
    .filter(({ code }) => datasets?.includes(code) ?? true)
    .flatMap((dataset) => Array.from({ length: each }, (_, index) => wireRecord(throws, dataset, { pool, index })));
}

function wireRecord(throws: Dice, dataset: Dataset, { pool, index }: { readonly pool: Pool; readonly index: number }): WireRecord {
  const fields: Record<string, string> = {};
  for (const field of dataset.fields) {
    for (const wire of field.wire) {
      const wanted = (field.nonNull && !field.list) || dataset.key.includes(wire.code) || throws.chance(shares.field);
      const text = wire.code !== '' && wanted ? wireText(throws, pool, { wire, field }) : undefined;
      if (text !== undefined) fields[wire.code] = text;
    }
  }
  const keyed = dataset.key.length > 0 && throws.chance(0.7);
  return { dataset: dataset.code, dataKey: keyed ? undefined : `k${index}`, op: 'put', fields };
}
