/**
 * The public keys of statements: the one that signs now, and those of before, which go on to prove what they signed.
 * @see schema/PROTOCOL.md «Proof»; RFC 7468 2
 */
import type { Sm2PublicKey } from '@hub/schema';
import type postgres from 'postgres';

/** Notes the key that signs from now on; whichever signed before is retired. */
export async function keepStatementKey(sql: postgres.Sql, { fingerprint, pem }: Pick<Sm2PublicKey, 'fingerprint' | 'pem'>): Promise<void> {
  await sql`
    with retired as (
      update statement_key set retired_at = clock_timestamp() where retired_at is null and fingerprint <> ${fingerprint}
    )
    insert into statement_key (fingerprint, pem) values (${fingerprint}, ${pem})
    on conflict (fingerprint) do update set retired_at = null`;
}

/** @param current - PEM of the key that signs now. @returns It, then those of before, the latest first, each after its time. */
export async function readStatementKeys(sql: postgres.Sql, current: string): Promise<string> {
  const rows = await sql<{ pem: string; from: string; until: string }[]>`
    select pem, to_char(first_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "from",
      to_char(retired_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as until
    from statement_key where retired_at is not null and pem <> ${current} order by retired_at desc`;
  return [current, ...rows.map(({ pem, from, until }) => `from: ${from}\nuntil: ${until}\n${pem}`)].join('');
}
