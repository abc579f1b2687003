/**
 * What goes on in the toy province: two cities and a provincial system that also publishes one of a city's deals.
 */
import { type Province } from '@hub/schema';

import type { Federation } from './federation.ts';
import { fill } from './fill.ts';
import { type Company, type ProjectLife, projectLife } from './project-life.ts';

/** A builder who wins in several cities; the codes of all three verify. */
export const builder: Company = { name: '示例甲建筑有限公司', code: '91990000MA0000001B' };
/** Another one. */
export const rival: Company = { name: '示例乙路桥有限公司', code: '91990000MA0000002E' };

const tenderer: Company = { name: '示例建设局', code: '12990000MB0000001J' };
type Platform = ProjectLife['platform'];

/** @returns The projects of each system, by its code. */
export function toyLives(province: Province): ReadonlyMap<string, readonly ProjectLife[]> {
  const platformOf = (code: string): Platform => {
    const [own] = province.systems.find((system) => system.code === code)?.platformCodes ?? [];
    if (own === undefined) throw new RangeError(`no system ${code}`);
    return own;
  };
  const bidders = [builder, rival];
  const school: ProjectLife = {
    number: '11',
    name: '星光小学新建工程',
    region: '990100',
    publishedAt: '20260301090000',
    openedAt: '20260320093000',
    tenderer,
    bidders,
    platform: platformOf('xingcheng'),
    sections: [
      { name: '土建', place: '990100', reference: '1000', award: { winner: builder, price: '950.5', at: '20260401100000' } },
      { name: '装修', place: '990100', reference: '300', award: { winner: rival, price: '290', at: '20260402100000' } },
    ],
  };
  const road: ProjectLife = {
    number: '12',
    name: '月牙路改造工程',
    region: '990200',
    publishedAt: '20260305090000',
    openedAt: '20260325093000',
    tenderer,
    bidders,
    platform: platformOf('yuecheng'),
    // Traded away from home.
    sections: [{ name: '道路', place: '990100', reference: '200', award: { winner: builder, price: '180', at: '20260430235959' } }],
  };
  const canal: ProjectLife = {
    number: '13',
    name: '流星渠治理工程',
    region: '990200',
    publishedAt: '20260310090000',
    openedAt: '20991231093000',
    tenderer,
    bidders,
    platform: platformOf('toy-construction'),
    sections: [{ name: '河道', place: '990000', reference: '700' }],
  };
  return new Map([
    ['xingcheng', [school]],
    ['yuecheng', [road]],
    // The province publishes its own, and the road that the city holds.
    ['toy-construction', [canal, road]],
  ]);
}

/** Puts the lives into the systems of a federation. */
export async function fillToyProvince({ systems, province, kept }: Federation): Promise<void> {
  const lives = toyLives(province);
  for (const target of systems) {
    for (const life of lives.get(target.system.code) ?? []) kept.push(...(await fill(target, projectLife(life))));
  }
}
