/**
 * Checks a signed statement: who signed, that the signature holds, and that it is about this folder.
 * @see schema/PROTOCOL.md «Proof»
 */
import { manifestName, type PageLine, type RangeLine, type RangeStatement, signatureHolds, type Sm2PublicKey } from '@hub/schema';

import type { FaultSink } from './fault.ts';

/** What a statement is held against. */
export interface StatementBench {
  readonly keys: ReadonlyMap<string, Sm2PublicKey>;
  readonly expected: readonly Sm2PublicKey[] | undefined;
  /** The statement about the whole folder; undefined while that one is itself checked. */
  readonly whole: RangeStatement | undefined;
  readonly onFault: FaultSink;
}

/** Tells everything that is wrong with a statement. */
export function checkStatement(line: PageLine | RangeLine, { keys, expected, whole = line.statement, onFault }: StatementBench): void {
  const { stream, epoch, from, to, count } = line.statement;
  const where = { file: manifestName, positions: { from, to } };
  const key = keys.get(line.signer);
  if (key === undefined) onFault({ code: 'KEY_MISSING', ...where });
  else if (!signatureHolds(line, key)) onFault({ code: 'SIGNATURE_WRONG', ...where });
  if (expected?.every(({ fingerprint }) => fingerprint !== line.signer) === true) onFault({ code: 'SIGNER_OTHER', ...where });
  const isOfFolder = stream === whole.stream && epoch === whole.epoch && from >= whole.from && to <= whole.to;
  if (!isOfFolder || count !== to - from + 1) onFault({ code: 'STATEMENT_OTHER', ...where });
}
