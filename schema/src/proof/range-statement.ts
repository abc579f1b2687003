/**
 * What is signed: that a stream's positions from one to another are these entries and no others. Pages, segments, days and whole
 * feeds are all ranges.
 * @see design/feed.md 9 and 10; schema/PROTOCOL.md «Proof»
 */
import type { PositionRange } from './pieces.ts';
import type { Sm2PublicKey } from './sm2-key.ts';
import { sm2Verify } from './sm2-signature.ts';
import type { StatementSigner } from './statement-signer.ts';

/** A statement about a range; members are written in this order. */
export interface RangeStatement extends PositionRange {
  /** Code of the system whose feed it is; `hub` for the hub's. */
  readonly stream: string;
  readonly epoch: string;
  /** Entries in the range: one for each position. */
  readonly count: number;
  /** Root of the range, 64 lower-case hexadecimal digits. */
  readonly root: string;
  /** When it was stated: canonical instant. */
  readonly at: string;
}

/** A statement with its signature. */
export interface SignedStatement {
  readonly statement: RangeStatement;
  /** Fingerprint of the key. */
  readonly signer: string;
  /** DER in base64. */
  readonly signature: string;
}

/** @returns The statement as text, in one way only. */
export function statementText({ stream, epoch, from, to, count, root, at }: RangeStatement): string {
  return JSON.stringify({ stream, epoch, from, to, count, root, at });
}

/** @returns The bytes that are signed. */
export function signedBytes(statement: RangeStatement): Buffer {
  return Buffer.from(`hub/range/1\n${statementText(statement)}`);
}

/** @returns The statement, signed. */
export async function signStatement(statement: RangeStatement, signer: StatementSigner): Promise<SignedStatement> {
  const signature = await signer.sign(signedBytes(statement));
  return { statement, signer: signer.fingerprint, signature: signature.toString('base64') };
}

/** @returns Whether the key signed the statement, and the signature is written in its one way. */
export function signatureHolds({ statement, signer, signature }: SignedStatement, key: Sm2PublicKey): boolean {
  const bytes = Buffer.from(signature, 'base64');
  return key.fingerprint === signer && bytes.toString('base64') === signature && sm2Verify(signedBytes(statement), bytes, key);
}
