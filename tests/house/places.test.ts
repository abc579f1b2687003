/**
 * The province is data: nothing outside its folder names one of its places. @see design/architecture.md «Layout»
 */
import { readProvince } from '@hub/schema';
import { describe, expect, test } from 'vitest';

import { files, textOf } from '../support/repository.ts';

const provinceFolder = 'schema/province/';

// The README shows real queries and answers, measured results name the systems measured: both are about this province.
const about = /^(README\.md|tests\/results\/)/;
const binary = /\.(png|jpg|ico|woff2?)$/;

const province = readProvince({ province: document('province'), regions: document('regions'), systems: document('systems') });

describe('Places', () => {
  test('only schema/province names a place of the province, because another province must cost one folder', () => {
    const names = placeNames();
    const found = files
      .filter((path) => !path.startsWith(provinceFolder) && !about.test(path) && !binary.test(path))
      .flatMap((path) => {
        const text = textOf(path);
        return names.filter((name) => name.pattern.test(text) || name.pattern.test(path)).map(({ name }) => `${path}: ${name}`);
      });
    expect(found).toEqual([]);
  });

  test('the names looked for are those of the province itself, its cities, their districts and its systems', () => {
    expect(placeNames().length).toBeGreaterThan(province.systems.length + province.regions.length / 2);
  });
});

function document(name: string): unknown {
  return JSON.parse(textOf(`${provinceFolder}${name}.json`));
}

function placeNames(): readonly { readonly name: string; readonly pattern: RegExp }[] {
  const cities = province.regions.filter(({ code, pseudo }) => code.endsWith('00') && !pseudo);
  const chinese = [
    ...cities.map(({ name }) => name.replace(/[省市]$/, '')),
    // A short name such as 城区 is also an ordinary word.
    ...province.regions.filter(({ name, pseudo }) => name.length > 2 && !pseudo).map(({ name }) => name),
  ];
  const latin = [
    ...cities.flatMap(({ nameEn }) => nameEn ?? []),
    ...province.systems.map(({ code }) => code).filter((code) => !code.includes('-')),
  ];
  return [
    ...[...new Set(chinese)].map((name) => ({ name, pattern: new RegExp(name) })),
    ...[...new Set(latin.map((name) => name.toLowerCase()))].map((name) => ({
      name,
      pattern: new RegExp(`(?<![a-z])${name}(?![a-z])`, 'i'),
    })),
  ];
}
