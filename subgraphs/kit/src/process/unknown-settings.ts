/**
 * Environment variables that look like settings and are none: a name spelt wrong would otherwise be ignored in silence.
 */
import { settingNames } from './config.ts';
import { nearestNames } from './nearest-names.ts';

/** What the command line, the project's own programs and tests read beside the settings. */
const reserved = new Set(['HUB_KEY_FILE', 'HUB_SYSTEM', 'HUB_SIZES', 'HUB_TEST_MYSQL_URL']);

/** @returns One line that names each unknown `HUB_…` variable and the setting most like it; undefined when there is none. */
export function unknownSettingsLine(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const unknown = Object.keys(env).filter((name) => name.startsWith('HUB_') && !reserved.has(name) && !settingNames.includes(name));
  if (unknown.length === 0) return undefined;
  const pairs = unknown.map((name) => ({ name, nearest: nearestNames(name, settingNames, 1)[0] ?? '' }));
  return (
    `! 不认识的环境变量，已忽略：${pairs.map(({ name, nearest: like }) => `${name}（最接近的是 ${like}）`).join('、')}。  ` +
    `Unknown environment variables are ignored: ${pairs.map(({ name, nearest: like }) => `${name} (the nearest is ${like})`).join(', ')}.`
  );
}
