/**
 * The reader for a mapping's source.
 */
import { HubError } from '@hub/schema';

import type { Source } from '../mapping/mapping.ts';
import { openPortalReader } from '../portal/portal-reader.ts';

import { openMysqlReader } from './mysql-reader.ts';
import { openPostgresReader } from './postgres-reader.ts';
import type { Reader } from './reader.ts';

/** Environment variables; the only place where secrets of sources are. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Sources whose rows are read and mapped; a folder holds wire messages instead. */
export type RowSource = Exclude<Source, { kind: 'folder' }>;

/** Whether a mapping's source has rows. */
export function hasRows(source: Source): source is RowSource {
  return source.kind !== 'folder';
}

/** @throws HubError CONFIG_INVALID when a variable that the mapping names is not set. */
export function openReader(source: RowSource, { env, nowMs }: { readonly env: Environment; readonly nowMs: () => number }): Reader {
  switch (source.kind) {
    case 'postgres':
      return openPostgresReader(variable(env, source.urlFrom), source.urlFrom);
    case 'mysql':
      return openMysqlReader(variable(env, source.urlFrom), source.urlFrom);
    case 'portal': {
      const headers = Object.entries(source.headers).map(([name, given]): [string, string] => [
        name,
        typeof given === 'string' ? given : variable(env, given.from),
      ]);
      return openPortalReader(source, { headers: Object.fromEntries(headers), nowMs });
    }
  }
}

function variable(env: Environment, name: string): string {
  const value = env[name];
  if (value !== undefined && value !== '') return value;
  throw new HubError('CONFIG_INVALID', {
    zh: `没有设置环境变量 ${name}，映射要用它。`,
    en: `The environment variable ${name}, which the mapping names, is not set.`,
  });
}
