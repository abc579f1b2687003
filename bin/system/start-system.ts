/**
 * One system of a folder, running: its store and its endpoint.
 */
import { rebuildBoard } from '@hub/kit';
import { instantOf, systemClock, type Trust } from '@hub/kit/process';
import { HubError, type Province, type SystemRow } from '@hub/schema';
import { type RunningSystem, startSystems } from '@hub/trading';

import { provinceOf } from './system-folder.ts';

/** What to run. */
export interface StartOptions {
  readonly databaseUrl: string;
  readonly province: Province;
  readonly row: SystemRow;
  readonly trust: Trust;
  /** As given; 0 takes a free one. */
  readonly port: string;
  readonly onFault: (cause: unknown) => void;
}

/** It, and what ends it. */
export interface Started {
  readonly target: RunningSystem;
  close(): Promise<void>;
}

/** @throws HubError PORT_IN_USE, CONFIG_INVALID, CONTRACT_INVALID, DATABASE_UNREACHABLE. */
export async function startSystem({ province, row, port, ...rest }: StartOptions): Promise<Started> {
  const number = Number(port);
  if (!/^\d{1,5}$/.test(port) || number > 65_535) {
    throw new HubError('CONFIG_INVALID', { zh: '--port 应为 0–65535 的整数。', en: '--port must be a whole number from 0 to 65535.' });
  }
  const trading = await startSystems({ ...rest, province: provinceOf(province, row), portOf: () => number }).catch((cause: unknown) => {
    throw cause instanceof HubError && cause.code === 'PORT_IN_USE' ? portTaken(number, cause) : cause;
  });
  const [target] = trading.systems;
  if (target === undefined) throw new TypeError('a province of one system runs one');
  // After a release whose contracts say otherwise what is shown of a trade.
  await rebuildBoard(target, instantOf(systemClock));
  return { target, close: async () => trading[Symbol.asyncDispose]() };
}

function portTaken(port: number, cause: HubError): HubError {
  return new HubError('PORT_IN_USE', {
    zh: `端口 ${port} 不可用（已被占用，或无权使用）：请结束占用它的程序，或改 hub.json 的 port。`,
    en: `Port ${port} cannot be used (taken, or not allowed): end the program that has it, or change the port in hub.json.`,
    cause,
  });
}
