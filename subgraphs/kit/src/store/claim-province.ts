/**
 * One database, one province: what is stored belongs to the province folder it was started with first, and the systems of
 * another would stand beside it as if they were the same province's.
 * @see design/architecture.md «Layout»
 */
import { HubError, type Province } from '@hub/schema';
import { sql } from 'kysely';

import { readStamp } from './stamp.ts';
import type { Store } from './store.ts';

const stampName = 'province';

/**
 * Stamps a new database with the province, and refuses one that holds another province's records.
 * @throws HubError CONFIG_INVALID, naming both provinces.
 */
export async function claimProvince({ db }: Pick<Store, 'db'>, { code, name }: Pick<Province, 'code' | 'name'>): Promise<void> {
  // Never overwritten: of two hubs that start at once, the first has the database.
  await sql`insert into hub_stamp (name, value) values (${stampName}, ${`${code} ${name}`}) on conflict (name) do nothing`.execute(db);
  const held = (await readStamp(db, stampName)) ?? '';
  if (held.split(' ')[0] === code) return;
  throw new HubError('CONFIG_INVALID', {
    zh:
      `数据库里是另一省的数据（${held}），省份目录 HUB_PROVINCE_DIR 却是 ${code} ${name}，两省不能混在一处。` +
      '请改回原来的省份目录，或用 HUB_DATA_DIR（自带数据库）、HUB_DATABASE_URL（已有数据库）另选一处。',
    en:
      `The database holds another province (${held}), while the folder HUB_PROVINCE_DIR is ${code} ${name}; two provinces cannot share one. ` +
      'Go back to the folder used before, or choose another place: HUB_DATA_DIR for a database of the hub’s own, HUB_DATABASE_URL for yours.',
  });
}
