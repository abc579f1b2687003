/**
 * What a start did otherwise than a newcomer may expect, one line each, for the summary.
 */
import type { HubConfig } from '@hub/kit/process';
import type { SystemRow } from '@hub/schema';

/**
 * @param scales - At which the data that is there was made.
 * @returns A line when that is not the scale asked for; undefined when it is.
 */
export function scaleNote({ scale, databaseUrl, dataDir }: HubConfig, scales: readonly number[]): string | undefined {
  const others = scales.filter((made) => made !== scale);
  if (others.length === 0) return undefined;
  const own = databaseUrl === undefined;
  const place = own ? { zh: `数据目录 ${dataDir} `, en: `the data folder ${dataDir}` } : { zh: '数据库', en: 'the database' };
  const remedy = own
    ? {
        zh: '请用 HUB_DATA_DIR 指定新的目录，或删除该目录后重新启动',
        en: 'set HUB_DATA_DIR to another folder, or delete this one, and start again',
      }
    : { zh: '请改用另一个空库', en: 'use another empty database' };
  return (
    `! 倍数 ${scale} 未生效：${place.zh}已按倍数 ${others.join('、')} 导入；${remedy.zh}。  ` +
    `Scale ${scale} has no effect: ${place.en} was filled at scale ${others.join(', ')}; ${remedy.en}.`
  );
}

/** @returns A line that names the systems that are down on purpose; undefined when none is. */
export function withoutNote(away: readonly SystemRow[]): string | undefined {
  if (away.length === 0) return undefined;
  return (
    `! 按 --without 停机：${away.map(({ name, code }) => `${name}（${code}）`).join('、')}；其余照常作答。  ` +
    `Down because of --without: ${away.map(({ code }) => code).join(', ')}; the others answer.`
  );
}
