import { fileURLToPath } from 'node:url';

import { openProvinceFolder, readConfig } from '@hub/kit/process';
import { describe, expect, test } from 'vitest';

import { registryNotes, scaleNote, withoutNote } from './notes.ts';
import { systemsWithout } from './systems-without.ts';

const { province } = await openProvinceFolder(fileURLToPath(new URL('../../tests/fixtures/toy-province', import.meta.url)));

describe('--scale on data that is there already', () => {
  const config = readConfig({ HUB_DATA_DIR: '/srv/hub', HUB_SCALE: '2' });

  test('is told to have no effect, with what to do', () => {
    expect(scaleNote(config, [1])).toBe(
      '! 倍数 2 未生效：数据目录 /srv/hub 已按倍数 1 导入；请用 HUB_DATA_DIR 指定新的目录，或删除该目录后重新启动。  ' +
        'Scale 2 has no effect: the data folder /srv/hub was filled at scale 1; set HUB_DATA_DIR to another folder, or delete this one, and start again.',
    );
  });

  test('in a database of the operator’s own asks for another one, and names no password', () => {
    const theirs = readConfig({ HUB_DATABASE_URL: 'postgres://hub:hunter2@127.0.0.1/hub', HUB_SCALE: '0' });
    expect(scaleNote(theirs, [1, 0])).toBe(
      '! 倍数 0 未生效：数据库已按倍数 1 导入；请改用另一个空库。  ' +
        'Scale 0 has no effect: the database was filled at scale 1; use another empty database.',
    );
  });

  test('is no news when the data has that scale', () => {
    expect(scaleNote(config, [2])).toBeUndefined();
    expect(scaleNote(config, [])).toBeUndefined();
  });
});

describe('--without', () => {
  test('takes codes separated by commas, and the summary names the systems', () => {
    const away = systemsWithout('yuecheng, xingcheng', province);
    expect(away.map(({ code }) => code)).toEqual(['xingcheng', 'yuecheng']);
    expect(withoutNote(away)).toBe(
      '! 按 --without 停机：星城市交易中心（xingcheng）、月城市交易中心（yuecheng）；其余照常作答。  ' +
        'Down because of --without: xingcheng, yuecheng; the others answer.',
    );
  });

  test('not given, leaves nothing down', () => {
    expect(systemsWithout(undefined, province)).toEqual([]);
    expect(withoutNote([])).toBeUndefined();
  });

  test('refuses a code that no system has, naming those there are', () => {
    expect(() => systemsWithout('xingcheng,nowhere', province)).toThrow(
      expect.objectContaining({
        code: 'CONFIG_INVALID',
        message: '选项 --without：没有代码为「nowhere」的交易系统。现有：xingcheng, yuecheng, toy-construction。',
        messageEn: 'Option --without: there is no trading system «nowhere». Known: xingcheng, yuecheng, toy-construction.',
      }),
    );
    expect(() => systemsWithout('', province)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
  });
});

describe('Contracts of this program that are not in force', () => {
  const none = { changed: [], gone: [], unpublished: [] };
  const told = (waits: boolean): readonly string[] =>
    registryNotes({ registryNotes: { ...none, contracts: { inForce: 3, own: 4, waits } } });

  test('are told, and whether somebody has to approve them', () => {
    expect(registryNotes({ registryNotes: none })).toEqual([]);
    expect(told(true)).toEqual([
      expect.stringContaining('release 4) break what is used and wait for a second person; release 3 is in force.'),
    ]);
    expect(told(false)).toEqual([expect.stringContaining('Release 3 of the contracts is in force, not that of this program (release 4).')]);
  });
});
