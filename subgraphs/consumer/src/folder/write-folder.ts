/**
 * Writes a proof folder: everything the feed holds, as pages with the hub's own signatures, to be verified offline by anyone. What
 * a folder has is not fetched again; the manifest is replaced as a whole, so that a kill leaves the folder of before.
 * @see schema/PROTOCOL.md «Proof»
 */
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import {
  GrowingRoot,
  HubError,
  manifestFolders,
  manifestName,
  manifestText,
  type PageLine,
  type PositionRange,
  piecesOf,
  type RangeLine,
  type Sm2PublicKey,
} from '@hub/schema';

import { assertSigned, type Belief, signerOf } from '../check/check-statements.ts';
import type { Hub } from '../hub/hub-client.ts';
import { fetchPage } from './fetch-page.ts';
import { readPages } from './read-pages.ts';

/** How to write it. */
export interface FolderOptions {
  readonly hub: Hub;
  /** Keys of the statements, had from elsewhere; without them those that the hub offers. */
  readonly signers?: readonly Sm2PublicKey[] | undefined;
  /** Where lines are had from: the hub, unless a store has them already. */
  readonly linesOf?: (range: PositionRange) => AsyncIterable<Buffer>;
  /** Told after each page. */
  readonly onProgress?: (progress: { readonly position: number; readonly head: number }) => void;
}

/** What the folder holds now. */
export interface WrittenFolder {
  readonly position: number;
  readonly pages: number;
  readonly fetched: number;
  /** Those who signed. */
  readonly signers: readonly Sm2PublicKey[];
}

/**
 * @throws HubError SYSTEM_FAILED when what the hub sends is not what it signs; EPOCH_CHANGED when the folder is of another feed;
 * FOLDER_UNREADABLE.
 */
export async function writeFolder(folder: string, options: FolderOptions): Promise<WrittenFolder> {
  const { hub, onProgress } = options;
  const feed = await hub.feed();
  const believed = options.signers ?? (await hub.keys());
  if (believed.length === 0 || feed.head === 0) throw nothing();
  const belief = { epoch: feed.epoch, head: feed.head, signers: believed };
  for (const inner of Object.values(manifestFolders)) await mkdir(join(folder, inner), { recursive: true });
  const known = await readPages(folder);
  if ([...known.values()].some(({ statement }) => statement.epoch !== feed.epoch || statement.to > feed.head)) throw otherFeed(folder);
  const [pages, whole]: [PageLine[], GrowingRoot] = [[], new GrowingRoot()];
  let fetched = 0;
  for (const piece of piecesOf({ from: 1, to: feed.head })) {
    const kept = known.get(fileOf(piece));
    const isBelieved = kept !== undefined && signerOf(kept, belief) !== undefined;
    const isKept = isBelieved && (await sizeOf(join(folder, manifestFolders.pages, kept.file))) === kept.bytes;
    const page = isKept ? kept : await fetchPage(folder, { ...options, piece, feed, belief, file: fileOf(piece) });
    if (!isKept) fetched++;
    assertSigned(page, belief);
    whole.append(Buffer.from(page.statement.root, 'hex'));
    pages.push(page);
    onProgress?.({ position: piece.to, head: feed.head });
  }
  const ranges = await rangesOf(hub, belief, whole.root.toString('hex'));
  const signed = new Set([...ranges, ...pages].map(({ signer }) => signer));
  const signers = believed.filter(({ fingerprint }) => signed.has(fingerprint));
  for (const { fingerprint, pem } of signers) await writeFile(join(folder, manifestFolders.keys, `${fingerprint}.pem`), pem);
  const lines = [{ kind: 'folder', version: 1 } as const, ...ranges, ...pages].map((line) => `${manifestText(line)}\n`);
  await writeFile(join(folder, `${manifestName}.new`), lines.join(''), { flush: true });
  await rename(join(folder, `${manifestName}.new`), join(folder, manifestName));
  await keepOnly(join(folder, manifestFolders.pages), new Set(pages.map(({ file }) => file)));
  await keepOnly(join(folder, manifestFolders.keys), new Set(signers.map(({ fingerprint }) => `${fingerprint}.pem`)));
  return { position: feed.head, pages: pages.length, fetched, signers };
}

async function keepOnly(inner: string, listed: ReadonlySet<string>): Promise<void> {
  for (const name of await readdir(inner)) if (!listed.has(name)) await rm(join(inner, name));
}

/** The statement about everything, then those of days. */
async function rangesOf(hub: Hub, belief: Belief, root: string): Promise<readonly RangeLine[]> {
  const whole = await hub.state({ from: 1, to: belief.head });
  assertSigned(whole, belief);
  if (whole.statement.root !== root || whole.statement.from !== 1 || whole.statement.to !== belief.head) throw otherRoot(belief.head);
  const days: RangeLine[] = [];
  for (let after = 0; ;) {
    const { statements, through } = await hub.statements(after);
    if (through === after) return [whole, ...days];
    for (const said of statements) {
      // Of an earlier epoch, or by a key that is not believed any more: the pages and the whole are stated anew.
      if (said.statement.epoch !== belief.epoch || signerOf(said, belief) === undefined) continue;
      assertSigned(said, belief);
      if (said.statement.to % 10_000 !== 0 && said.statement.to <= belief.head) days.push(said);
    }
    after = through;
  }
}

/** Names sort as positions do. */
function fileOf({ from, to }: PositionRange): string {
  return `${String(from).padStart(12, '0')}-${String(to).padStart(12, '0')}.ndjson.gz`;
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch {
    // Not there: it is fetched.
    return undefined;
  }
}

function nothing(): HubError {
  return new HubError('SYSTEM_FAILED', {
    zh: '枢纽的数据流还是空的，或没有给出公钥。',
    en: 'The hub’s feed is empty, or it offers no key.',
  });
}

function otherFeed(folder: string): HubError {
  return new HubError('EPOCH_CHANGED', {
    zh: `${folder} 属于数据流的另一世代，请另写一个文件夹，原来的保留。`,
    en: `${folder} is of another epoch of the feed: write another folder, and keep this one.`,
  });
}

function otherRoot(head: number): HubError {
  return new HubError('SYSTEM_FAILED', {
    zh: `位置 1–${head} 的根与各页的不符，清单未写。`,
    en: `The root of positions 1–${head} is not that of the pages: no manifest was written.`,
  });
}
