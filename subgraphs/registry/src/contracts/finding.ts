/**
 * A fault of proposed contracts themselves.
 */

/** One fault. */
export interface ContractFinding {
  /** Permanent id: that of a lint, or `COMPOSITION_FAILED`, `CONTRACTS_TOO_LARGE`, `CONTRACTS_TOO_COSTLY`, `CONTRACTS_BUSY`. */
  readonly code: string;
  readonly severity: 'REFUSAL' | 'WARNING';
  /** ''; all contracts. */
  readonly contract: string;
  readonly element: string;
  readonly line: number;
  readonly column: number;
  readonly messageZh: string;
  readonly messageEn: string;
}

/** @returns A refusal of the contracts as a whole. */
export function refusalOf(code: string, { zh, en }: { readonly zh: string; readonly en: string }): ContractFinding {
  return { code, severity: 'REFUSAL', contract: '', element: '', line: 1, column: 1, messageZh: zh, messageEn: en };
}
