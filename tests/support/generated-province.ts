/**
 * A province of any number of systems, made up: for tests that need more systems than the toy province has.
 */
import { type Province, type SystemRow, readProvince } from '@hub/schema';

/**
 * @param count - Systems it has, `s00`, `s01` …
 * @param change - What some rows are to have otherwise.
 * @returns The province. Every second pair of systems shares an operator's credit code and differs in the platform's own.
 */
export function generatedProvince(count: number, change: (row: SystemRow) => Partial<SystemRow> = () => ({})): Province {
  const cities = Array.from({ length: Math.min(count, 90) }, (_, index) => ({
    code: `99${String(index + 1).padStart(2, '0')}00`,
    name: `第${index + 1}市`,
    parent: '990000',
  }));
  const systems = Array.from({ length: count }, (_, index) => ({
    code: `s${String(index).padStart(2, '0')}`,
    name: `第${index + 1}交易系统`,
    nameEn: `System ${index + 1}`,
    owner: { name: `第${index + 1}交易中心`, creditCode: null },
    region: cities[index % cities.length]?.code,
    platformCodes: [
      { platform: `TEST${String(Math.floor(index / 2)).padStart(14, '0')}`, tradePlat: `PLAT${String(index).padStart(7, '0')}` },
    ],
    contracts: ['board', 'construction'],
    registeredAt: '2026-11-01T00:00:00+08:00',
  }));
  const province = readProvince({
    province: {
      code: '990000',
      name: '甲省',
      nameEn: 'Alpha',
      timeZone: 'Asia/Shanghai',
      servicePlatform: { platform: 'TEST99999999999999', tradePlat: 'PLAT9999999' },
      categories: [{ code: 'construction', name: '工程' }],
    },
    regions: [{ code: '990000', name: '甲省', parent: null }, ...cities],
    systems,
  });
  return { ...province, systems: province.systems.map((row) => ({ ...row, ...change(row) })) };
}
