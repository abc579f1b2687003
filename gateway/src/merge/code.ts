/**
 * One record by its business code, asked of every system. Never a null that lies: "no such code" is only said when everybody
 * was asked.
 * @see design/partitioning.md «Code»
 */
import { compareBytes, HubError } from '@hub/schema';

/** A record that a system found. */
export interface Candidate {
  readonly id: string;
  readonly origin: 'ORIGINAL' | 'COPY';
}

/** What a code stands for. `certain` is false when a missing system could change the answer. */
export type Found<Row extends Candidate> =
  | { readonly record: Row; readonly certain: boolean; readonly error?: never }
  | { readonly record: null; readonly error?: HubError };

/**
 * @param candidates - What the systems that answered found, one each at most.
 * @param missing - Codes of the systems that did not answer.
 * @param retryAfterMs - When asking those again makes sense.
 */
export function chooseByCode<Row extends Candidate>(
  candidates: readonly Row[],
  missing: readonly string[],
  retryAfterMs?: number,
): Found<Row> {
  const certain = missing.length === 0;
  const originals = candidates.filter(({ origin }) => origin === 'ORIGINAL');
  const [only, second] = candidates.length === 1 ? candidates : originals;
  if (only !== undefined && second === undefined) return { record: only, certain };
  if (candidates.length > 0) return { record: null, error: conflict(candidates) };
  return certain ? { record: null } : { record: null, error: incomplete(missing, retryAfterMs) };
}

/** What a reader is told whose record was found while some systems were silent. */
export function uncertainty(missing: readonly string[]): { readonly zh: string; readonly en: string } {
  return {
    zh: `以下系统未作答，其中可能另有同一编号的记录：${missing.join('、')}。`,
    en: `These systems did not answer and may hold another record of this code: ${missing.join(', ')}.`,
  };
}

function incomplete(missing: readonly string[], retryAfterMs: number | undefined): HubError {
  return new HubError('COVERAGE_INCOMPLETE', {
    zh: `已作答的系统中没有该编号，但以下系统未作答，不能断定其不存在：${missing.join('、')}。`,
    en: `No system that answered knows this code, but these did not answer, so it may exist: ${missing.join(', ')}.`,
    retryAfterMs,
  });
}

function conflict(candidates: readonly Candidate[]): HubError {
  const ids = candidates.map(({ id }) => id).toSorted(compareBytes);
  return new HubError('CODE_CONFLICT', {
    zh: `该编号对应多条记录，无法确定原件，请按标识查询：${ids.join('、')}。`,
    en: `Several records have this code and no single one is the original; ask by id: ${ids.join(', ')}.`,
  });
}
