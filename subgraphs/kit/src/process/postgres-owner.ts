/**
 * Who runs the embedded PostgreSQL: this user, or the `postgres` user when this user is root (the server refuses to run as root).
 * @see design/toolchain.md «Postgres»
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { HubError } from '@hub/schema';

const run = promisify(execFile);

/** The user and group a server process is started as; empty means as ourselves. */
export type Owner = { readonly uid: number; readonly gid: number } | Record<string, never>;

/**
 * Finds the user to run the server as; as root it makes the `postgres` user when the machine has none.
 * @throws HubError DATABASE_UNREACHABLE when that user can neither be found nor made.
 */
export async function postgresOwner(): Promise<Owner> {
  if (process.getuid?.() !== 0) return {};
  const found = await lookUp();
  if (found !== undefined) return found;
  try {
    await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres']);
  } catch (cause) {
    throw missing(cause);
  }
  const made = await lookUp();
  if (made === undefined) throw missing(undefined);
  return made;
}

async function lookUp(): Promise<{ uid: number; gid: number } | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    // `id` fails when there is no such user; that is an answer, not a fault.
    return undefined;
  }
}

function missing(cause: unknown): HubError {
  return new HubError('DATABASE_UNREACHABLE', {
    zh: '以 root 运行时，内置 PostgreSQL 需要名为 postgres 的系统用户，而创建失败；请改用普通用户运行，或设置 HUB_DATABASE_URL。',
    en: 'Run as root, the built-in PostgreSQL needs a system user named postgres, and making one failed; run as an ordinary user, or set HUB_DATABASE_URL.',
    cause,
  });
}
