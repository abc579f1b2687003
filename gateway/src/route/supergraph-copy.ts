/**
 * Supergraphs beside the copy of the routing table, each under its digest: what the signed table names is believed, and nothing
 * else.
 * @see schema/PROTOCOL.md 12
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const copyName = /^supergraph-([\da-f]{64})\.graphql$/;

/** @returns SHA-256 in hex. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** @returns The copy; undefined when there is none, or another text lies under its name. */
export async function loadSupergraph(folder: string, sha256: string): Promise<string | undefined> {
  const text = await readFile(join(folder, nameOf(sha256)), 'utf8').catch(() => undefined);
  return text !== undefined && digestOf(text) === sha256 ? text : undefined;
}

/** Keeps a copy whole or not at all, and drops those that are not to be kept. */
export async function saveSupergraph(folder: string, text: string, alsoKept: readonly string[]): Promise<void> {
  const sha256 = digestOf(text);
  const made = join(folder, `${nameOf(sha256)}.${process.pid}`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(made, text, { mode: 0o600, flush: true });
    await rename(made, join(folder, nameOf(sha256)));
  } finally {
    await rm(made, { force: true });
  }
  const kept = new Set([sha256, ...alsoKept].map(nameOf));
  const old = (await readdir(folder)).filter((name) => copyName.test(name) && !kept.has(name));
  await Promise.all(old.map((name) => rm(join(folder, name), { force: true })));
}

function nameOf(sha256: string): string {
  return `supergraph-${sha256}.graphql`;
}
