/**
 * Makes the files of a new PostgreSQL server: UTF-8, byte order, a password that only this folder knows.
 * @see design/toolchain.md «Postgres»
 */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

import type { PostgresBinaries } from './postgres-binaries.ts';
import type { Owner } from './postgres-owner.ts';

const run = promisify(execFile);

/** Whose server it becomes, and where its password is kept. */
export interface Initialise {
  readonly binaries: PostgresBinaries;
  readonly owner: Owner;
  readonly passwordFile: string;
}

/**
 * Makes the server's files in `folder`, which must not exist. They are made aside and renamed, so that a start cut short
 * half-way leaves nothing that the next one takes for a database. A failing initdb throws what it said.
 */
export async function initialisePostgres(folder: string, { binaries, owner, passwordFile }: Initialise): Promise<void> {
  const making = `${folder}.making`;
  await rm(making, { recursive: true, force: true });
  await mkdir(making, { mode: 0o700 });
  await rm(passwordFile, { force: true });
  await writeFile(passwordFile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
  const { uid, gid } = owner;
  if (uid !== undefined && gid !== undefined) await Promise.all([making, passwordFile].map((path) => chown(path, uid, gid)));
  const flags = ['--username=hub', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C.UTF-8'];
  await run(binaries.initdb, [`--pgdata=${making}`, ...flags], { ...owner, cwd: making });
  await rename(making, folder);
}
