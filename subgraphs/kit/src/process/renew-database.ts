/**
 * An empty database beside another one of the same server, for what is to begin anew at each start.
 */
import postgres from 'postgres';

/**
 * Drops the database of that name and makes it again.
 * @param url - Of a database of a server this program runs itself.
 * @returns Its address.
 */
export async function renewDatabase(url: string, name: string): Promise<string> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql`drop database if exists ${sql(name)}`;
    await sql`create database ${sql(name)}`;
  } finally {
    await sql.end();
  }
  const renewed = new URL(url);
  renewed.pathname = `/${name}`;
  return renewed.href;
}
