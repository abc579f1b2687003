/**
 * What a start did otherwise than a newcomer may expect, one line each, for the summary.
 */
import type { HubConfig } from '@hub/kit/process';
import type { SystemRow } from '@hub/schema';

import type { SystemsReady } from './messages.ts';

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

/** @returns Lines for what of the province folder the registry did not take, and for systems it refused. */
export function registryNotes({
  registryNotes: { changed, gone, unpublished, contracts },
}: Pick<SystemsReady, 'registryNotes'>): readonly string[] {
  const lines = [
    changed.length === 0
      ? undefined
      : `! systems.json 中 ${changed.join('、')} 的改动未采用：已登记的系统以登记处为准，请经登记处更改。  ` +
        `Changes of ${changed.join(', ')} in systems.json are not taken: the registry rules what it knows; change it there.`,
    gone.length === 0
      ? undefined
      : `! ${gone.join('、')} 已不在 systems.json 中，登记处仍为已发布：要退出请撤回。  ` +
        `${gone.join(', ')}: no longer in systems.json, and published still: withdraw what has left.`,
    contractsNote(contracts),
    ...unpublished.map(({ code, zh, en }) => `! ${code} 未能发布新地址：${zh}  ${code} could not publish where it listens: ${en}`),
  ];
  return lines.filter((line) => line !== undefined);
}

/** What the program's own contracts are, when others are in force. */
function contractsNote(contracts: SystemsReady['registryNotes']['contracts']): string | undefined {
  if (contracts === undefined || contracts.own === null) return undefined;
  const { inForce, own, waits } = contracts;
  return waits
    ? `! 本程序的契约（第 ${own} 次发布）改动了有人使用之处，待第二个人批准；现行的仍是第 ${inForce} 次发布。  ` +
        `The contracts of this program (release ${own}) break what is used and wait for a second person; release ${inForce} is in force.`
    : `! 现行契约是第 ${inForce} 次发布，不是本程序所带的（第 ${own} 次发布）。  ` +
        `Release ${inForce} of the contracts is in force, not that of this program (release ${own}).`;
}
