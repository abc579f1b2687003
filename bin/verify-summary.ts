/**
 * What a verification came to, for people: Chinese first, English beside.
 */
import type { Verified } from '@hub/verifier';

/** What was verified, and how many things do not hold. */
export interface Verification extends Verified {
  /** Whether the signer's key was had from elsewhere. */
  readonly pinned: boolean;
  readonly faultCount: number;
}

/** @returns HOLDS when nothing was found. */
export function verdictOf({ faultCount }: Verification): 'HOLDS' | 'BROKEN' {
  return faultCount === 0 ? 'HOLDS' : 'BROKEN';
}

/** @param told - How many faults were told one by one. @returns The lines. */
export function summaryLines({ whole, pages, records, signers, pinned, faultCount }: Verification, told: number): readonly string[] {
  const read = `${pages} 页、${records} 条  ${pages} pages, ${records} records`;
  const keys = signers.map((signer) => `  签名者公钥指纹 signer’s key, SM3: ${signer}`);
  return [
    ...(faultCount > told ? [`… 另有 ${faultCount - told} 处未列出  ${faultCount - told} more`] : []),
    faultCount === 0 ? `✓ 全部成立：${read}` : `✗ ${faultCount} 处不成立：${read}; ${faultCount} faults`,
    ...(whole === undefined
      ? []
      : [
          `  数据流 stream ${whole.stream} · 世代 epoch ${whole.epoch} · 位置 positions ${whole.from}–${whole.to} · 截至 as of ${whole.at}`,
        ]),
    ...keys,
    ...(pinned
      ? []
      : [
          '  公钥取自文件夹本身，请与另行得到的指纹比对，或用 --key 指定。  The key is the folder’s own: compare its fingerprint with one had from elsewhere, or give --key.',
        ]),
  ];
}
