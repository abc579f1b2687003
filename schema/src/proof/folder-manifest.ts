/**
 * The manifest of a folder of stored pages: one line each for the folder, for every signed range, and for every page with its
 * file. The lines are JSON written in one way only, so that a changed byte is a changed statement or no line at all.
 * @see schema/PROTOCOL.md «Proof»
 */
import { isSystemCode } from '../record-id.ts';
import { hashOfLeaf, type Leaf } from './entry-leaf.ts';
import { sm3 } from './hashes.ts';
import type { RangeStatement, SignedStatement } from './range-statement.ts';

/** Name of the manifest in its folder. */
export const manifestName = 'manifest.ndjson';
/** Folder of the pages, and of the public keys. */
export const manifestFolders = { pages: 'pages', keys: 'keys' } as const;
/** Bytes of a stored file that one check hash stands for; the last block may be shorter. */
export const blockBytes = 65_536;
/** Bytes of a hash that are kept to name a block or an entry; what proves is the signed root. */
export const markBytes = 8;

/** First line. */
export interface FolderLine {
  readonly kind: 'folder';
  readonly version: 1;
}

/** A signed range; the first is that of the whole folder. */
export interface RangeLine extends SignedStatement {
  readonly kind: 'range';
}

/** A page: its statement, and how it is stored. */
export interface PageLine extends SignedStatement {
  readonly kind: 'page';
  /** Name in the folder `pages`, `.ndjson` or `.ndjson.gz` at its end. */
  readonly file: string;
  /** Size as stored. */
  readonly bytes: number;
  /** For each block of the stored file the beginning of its SM3, hexadecimal. */
  readonly blocks: string;
  /** For each position of the page the beginning of its leaf, base64. */
  readonly marks: string;
}

/** A line of the manifest. */
export type ManifestLine = FolderLine | RangeLine | PageLine;

/** @returns The line's text, without a line feed. */
export function manifestText(line: ManifestLine): string {
  if (line.kind === 'folder') return JSON.stringify({ kind: line.kind, version: line.version });
  const { stream, epoch, from, to, count, root, at } = line.statement;
  const signed = { statement: { stream, epoch, from, to, count, root, at }, signer: line.signer, signature: line.signature };
  if (line.kind === 'range') return JSON.stringify({ kind: line.kind, ...signed });
  const { kind, file, bytes, blocks, marks } = line;
  return JSON.stringify({ kind, ...signed, file, bytes, blocks, marks });
}

/** @returns The line; undefined when the text is not exactly what `manifestText` writes, which is ASCII alone. */
export function readManifestLine(text: string): ManifestLine | undefined {
  const line = lineOf(parsed(text));
  return line !== undefined && manifestText(line) === text ? line : undefined;
}

/** @returns The check hash of a block of a stored file. */
export function blockMark(block: Uint8Array): string {
  return sm3(block).toString('hex', 0, markBytes);
}

/** @returns The marks of a page's leaves, which are in the order of their positions. */
export function marksOf(leaves: readonly Leaf[]): string {
  return Buffer.concat(leaves.map((leaf) => hashOfLeaf(leaf).subarray(0, markBytes))).toString('base64');
}

/** @returns Whether a name is one that a page's file may have: it stays in its folder. */
export function isPageFile(name: string): boolean {
  return /^[a-z0-9][a-z0-9-]{0,99}\.ndjson(\.gz)?$/.test(name);
}

const hex64 = /^[0-9a-f]{64}$/;
const epochForm = /^[\x21-\x7e]{1,200}$/;
const instantForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/;
const blockList = new RegExp(`^(?:[0-9a-f]{${markBytes * 2}})*$`);

function lineOf(value: unknown): ManifestLine | undefined {
  const members = membersOf(value);
  if (members['kind'] === 'folder') return members['version'] === 1 ? { kind: 'folder', version: 1 } : undefined;
  const signed = signedOf(members);
  if (signed === undefined) return undefined;
  if (members['kind'] === 'range') return { kind: 'range', ...signed };
  const { file, bytes, blocks, marks } = members;
  if (members['kind'] !== 'page' || !isText(file) || !isPageFile(file) || !isCount(bytes)) return undefined;
  if (!isText(blocks) || !blockList.test(blocks) || !isText(marks) || !isBase64(marks)) return undefined;
  return { kind: 'page', ...signed, file, bytes, blocks, marks };
}

function signedOf({ statement, signer, signature }: Members): SignedStatement | undefined {
  const said = statementOf(membersOf(statement));
  if (said === undefined || !isText(signer) || !hex64.test(signer) || !isText(signature) || !isBase64(signature)) return undefined;
  return { statement: said, signer, signature };
}

function statementOf({ stream, epoch, from, to, count, root, at }: Members): RangeStatement | undefined {
  const texts = isText(stream) && isSystemCode(stream) && isText(epoch) && epochForm.test(epoch) && isText(root) && hex64.test(root);
  if (!texts || !isText(at) || !instantForm.test(at) || !isCount(from) || !isCount(to) || !isCount(count) || to < from) return undefined;
  return { stream, epoch, from, to, count, root, at };
}

type Members = Readonly<Partial<Record<string, unknown>>>;

function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

function isBase64(text: string): boolean {
  return Buffer.from(text, 'base64').toString('base64') === text;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Whoever reads the manifest says which line it is.
    return undefined;
  }
}
