/**
 * The codes of all standing records anew, when rules look other fields up than those they were kept for: a rule that a release
 * adds must find what came before it.
 * @see standard/exchange.md 4
 */
import { createHash } from 'node:crypto';

import { type Kysely, sql } from 'kysely';

import { readBody } from '../journal/read-body.ts';
import { replaceCodes } from '../journal/replace-codes.ts';
import type { ExchangeLaw } from '../store/exchange-law.ts';
import { systemLock } from '../store/system-lock.ts';

import { codesOf, ownCode } from './prepare-entry.ts';
import { readPayload } from './read-payload.ts';

const stampName = 'codes';
/** Records of one transaction. */
const mostAtOnce = 1_000;

/** @returns How many records were read; 0 when the codes are kept for the rules as they are. */
export async function refillCodes(db: Kysely<unknown>, law: ExchangeLaw): Promise<number> {
  const wanted = fieldsKept(law);
  const kept = await sql<{ value: string }>`select value from hub_stamp where name = ${stampName}`.execute(db);
  if (kept.rows[0]?.value === wanted) return 0;
  let records = 0;
  const systems = await sql<{ system: string }>`select system from source order by system`.execute(db);
  for (const { system } of systems.rows) records += await refillSystem(db, law, system);
  await sql`insert into hub_stamp (name, value) values (${stampName}, ${wanted})
    on conflict (name) do update set value = excluded.value`.execute(db);
  return records;
}

async function refillSystem(db: Kysely<unknown>, law: ExchangeLaw, system: string): Promise<number> {
  let records = 0;
  for (let last = { dataset: '', key: '' }; ;) {
    const after = last;
    const read = await db.transaction().execute(async (transaction) => {
      await sql`select ${systemLock(system)}`.execute(transaction);
      const found = await sql<{ dataset: string; key: string; body: string }>`select r.dataset, r.key, c.body
        from record r join change c on c.id = r.change
        where r.system = ${system} and (r.dataset, r.key) > (${after.dataset}, ${after.key}) and r.op = 'put'
        order by r.dataset, r.key limit ${mostAtOnce}`.execute(transaction);
      const standing = found.rows.map(({ dataset, key, body }) => {
        const known = law.byCode.get(dataset)?.dataset;
        const fields = readPayload(readBody(body));
        return { dataset, key, replaces: true, codes: known === undefined || fields === undefined ? [] : codesOf(law, known, fields) };
      });
      await replaceCodes(transaction, system, standing);
      return found.rows;
    });
    records += read.length;
    last = read.at(-1) ?? last;
    if (read.length < mostAtOnce) return records;
  }
}

function fieldsKept({ rules, byCode }: ExchangeLaw): string {
  const own = [...byCode.values()].map(({ dataset }) => [dataset.code, ownCode(dataset) ?? '']);
  return createHash('sha256')
    .update(JSON.stringify([rules.lookedUpFields(), own]))
    .digest('hex');
}
