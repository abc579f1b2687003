import { expect, test } from 'vitest';

import { settingNames } from './config.ts';
import { unknownSettingsLine } from './unknown-settings.ts';

test('a name spelt wrong is told with the nearest known one', () => {
  expect(unknownSettingsLine({ HUB_PROT: '4000', HUB_DATADIR: '/srv', PATH: '/bin' })).toBe(
    '! 不认识的环境变量，已忽略：HUB_PROT（最接近的是 HUB_PORT）、HUB_DATADIR（最接近的是 HUB_DATA_DIR）。  ' +
      'Unknown environment variables are ignored: HUB_PROT (the nearest is HUB_PORT), HUB_DATADIR (the nearest is HUB_DATA_DIR).',
  );
});

test('what is a setting, or nothing of ours, is not told', () => {
  const known = Object.fromEntries([...settingNames, 'HUB_SIZES', 'PATH', 'HUBBLE'].map((name) => [name, 'x']));
  expect(unknownSettingsLine(known)).toBeUndefined();
});
