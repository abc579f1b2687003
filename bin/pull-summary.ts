/**
 * What a pull came to, for people: Chinese first, English beside.
 */
import type { PullOutcome, Reconciliation, WrittenFolder } from '@hub/consumer';
import type { Difference, Sm2PublicKey } from '@hub/schema';

const kinds = {
  ALTERED: '内容不同 altered',
  MOVED: '位置不同 moved',
  MISSING: '这里没有 missing here',
  ADDED: '枢纽没有 not the hub’s',
} as const;

/** @param pinned - The key that was had from elsewhere; undefined when there was none. @returns The lines. */
export function pulledLines(
  { after, position, statements, epoch, signer }: PullOutcome,
  pinned: Sm2PublicKey | undefined,
): readonly string[] {
  const count = position - after;
  return [
    `✓ 取得 ${count} 条，至位置 ${position}；核对了 ${statements} 份声明和全部的根，已回执  ${count} entries to position ${position}; statements and the root of everything hold; confirmed`,
    `  世代 epoch ${epoch}`,
    ...keyLines(signer, pinned),
  ];
}

/** @returns The lines about a folder. */
export function folderLines({ position, pages, fetched, signer }: WrittenFolder, pinned: Sm2PublicKey | undefined): readonly string[] {
  return [
    `✓ 存证文件夹：位置 1–${position}，${pages} 页，新写 ${fetched} 页；用 npm run verify 核对  proof folder: ${pages} pages, ${fetched} new; npm run verify checks it`,
    ...keyLines(signer, pinned),
  ];
}

/** @returns The lines about a comparison: one for each entry that differs. */
export function foundLines(found: Reconciliation | undefined): readonly string[] {
  if (found === undefined) return ['✓ 双方都是空的  both are empty'];
  const { differences, calls, complete, statement } = found;
  const range = `位置 positions ${statement.from}–${statement.to} · ${calls} 次询问 calls`;
  if (complete && differences.length === 0) return [`✓ 与枢纽完全相同：${range}  the same as the hub’s`];
  return [
    ...differences.map(differenceLine),
    `✗ ${differences.length} 处不同：${range}${complete ? '' : '；询问次数用完，未查完 stopped before the end'}  ${differences.length} differences`,
  ];
}

function differenceLine({ kind, theirs, ours }: Difference): string {
  const entry = theirs ?? ours;
  if (entry === undefined) return `✗ ${kinds[kind]}`;
  const places = [theirs, ours].map((side) => side?.position ?? '–').join(' / ');
  return `✗ ${kinds[kind]} · 枢纽／这里的位置 position there / here ${places} · ${entry.system} ${entry.dataset} ${entry.key} v${entry.version}`;
}

function keyLines({ fingerprint }: Sm2PublicKey, pinned: Sm2PublicKey | undefined): readonly string[] {
  const line = `  签名者公钥指纹 signer’s key, SM3: ${fingerprint}`;
  return pinned === undefined
    ? [
        line,
        '  公钥由枢纽给出，请与另行得到的指纹比对，或用 --signer 指定。  The hub offered the key: compare its fingerprint, or give --signer.',
      ]
    : [line];
}
