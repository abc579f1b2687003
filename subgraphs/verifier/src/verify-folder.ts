/**
 * Verifies a folder of stored pages against its signed statements. Reads it once from beginning to end, a segment in memory at
 * most, and goes on after everything it finds.
 * @see schema/PROTOCOL.md «Proof»; design/feed.md 9 and 10
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { HubError, manifestName, type PageLine, type RangeLine, type RangeStatement, type Sm2PublicKey } from '@hub/schema';

import { checkPage } from './check-page.ts';
import { checkStatement } from './check-statement.ts';
import type { FaultSink } from './fault.ts';
import { RangeTally } from './range-tally.ts';
import { readKeys } from './read-keys.ts';
import { manifestLines } from './read-manifest.ts';
import { isFile } from './stored-file.ts';

/** How to verify. */
export interface VerifyOptions {
  /** The keys one of which must have signed, had from elsewhere; without them the folder's own are believed. */
  readonly expected?: readonly Sm2PublicKey[] | undefined;
  readonly onFault: FaultSink;
  /** Told after each page. */
  readonly onProgress?: (seen: { readonly records: number; readonly of: number }) => void;
}

/** What was verified. */
export interface Verified {
  /** What the folder says it holds; undefined when it says nothing that can be read. */
  readonly whole: RangeStatement | undefined;
  readonly pages: number;
  readonly records: number;
  /** Fingerprints of those who signed. */
  readonly signers: readonly string[];
}

/**
 * @returns What was looked at; what does not hold was told to `onFault`.
 * @throws HubError FOLDER_UNREADABLE when there is no manifest.
 */
export async function verifyFolder(folder: string, { expected, onFault, onProgress }: VerifyOptions): Promise<Verified> {
  if (!(await isFile(join(folder, manifestName)))) throw noManifest(folder);
  const listed = { keys: await namesIn(folder, 'keys'), pages: await namesIn(folder, 'pages') };
  const keys = await readKeys(folder, listed.keys, onFault);
  const unexpected = new Set(listed.pages);
  const signers = new Set<string>();
  const ranges: RangeLine[] = [];
  let tally: RangeTally | undefined;
  let [at, pages, records, last] = [0, 0, 0, 0];
  for await (const line of manifestLines(folder, onFault)) {
    at++;
    const isInPlace =
      line.kind === 'folder' ? at === 1 : line.kind === 'range' ? at > 1 && tally === undefined : at > 1 && line.statement.from > last;
    if (!isInPlace)
      onFault({ code: 'MANIFEST_ORDER', file: manifestName, ...(line.kind === 'folder' ? {} : { positions: boundsOf(line) }) });
    if (line.kind === 'folder') continue;
    signers.add(line.signer);
    checkStatement(line, { keys, expected, whole: ranges[0]?.statement, onFault });
    if (line.kind === 'range') {
      ranges.push(line);
      continue;
    }
    unexpected.delete(line.file);
    if (!isInPlace) continue;
    tally ??= new RangeTally(ranges.map(({ statement }) => statement));
    const checked = await checkPage(folder, line, onFault);
    tally.add(boundsOf(line), checked);
    last = line.statement.to;
    pages++;
    records += checked.leaves.length;
    onProgress?.({ records, of: ranges[0]?.statement.count ?? 0 });
  }
  tally ??= new RangeTally(ranges.map(({ statement }) => statement));
  tally.end(onFault);
  for (const name of [...unexpected].toSorted()) onFault({ code: 'FILE_UNEXPECTED', file: `pages/${name}` });
  for (const name of listed.keys.filter((key) => !signers.has(key.replace(/\.pem$/, ''))))
    onFault({ code: 'FILE_UNEXPECTED', file: `keys/${name}` });
  for (const name of await strangers(folder)) onFault({ code: 'FILE_UNEXPECTED', file: name });
  const whole = ranges[0]?.statement;
  if (whole === undefined) onFault({ code: 'FOLDER_UNSTATED', file: manifestName });
  return { whole, pages, records, signers: [...signers] };
}

function boundsOf({ statement: { from, to } }: PageLine | RangeLine): { readonly from: number; readonly to: number } {
  return { from, to };
}

async function namesIn(folder: string, inner: string): Promise<readonly string[]> {
  try {
    return (await readdir(join(folder, inner))).toSorted();
  } catch {
    // Without it, every file and key that the manifest names is told as missing.
    return [];
  }
}

/** What is beside the manifest and its two folders. */
async function strangers(folder: string): Promise<readonly string[]> {
  const known = new Set([manifestName, 'keys', 'pages']);
  return (await readdir(folder)).filter((name) => !known.has(name)).toSorted();
}

function noManifest(folder: string): HubError {
  return new HubError('FOLDER_UNREADABLE', {
    zh: `${folder} 里没有清单 ${manifestName}，不是存证文件夹，或读不了。`,
    en: `${folder} has no manifest ${manifestName}: it is no proof folder, or cannot be read.`,
  });
}
