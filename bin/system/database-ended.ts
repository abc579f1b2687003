/**
 * A system without its database is none: it ends, and says why.
 */
import type { Database } from '@hub/kit/process';
import { HubError } from '@hub/schema';

/** @returns Never, unless the database that this process runs ends by itself. @throws HubError INTERNAL then. */
export async function databaseEnded({ ended }: Database): Promise<never> {
  await ended;
  throw new HubError('INTERNAL', { zh: '数据库意外结束，系统随之停止。', en: 'The database ended by itself, so the system stops.' });
}
