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

/** @param pinned - The keys that were had from elsewhere; undefined when there were none. @returns The lines. */
export function pulledLines(
  { after, position, statements, epoch, signers }: PullOutcome,
  pinned: readonly Sm2PublicKey[] | undefined,
): readonly string[] {
  const count = position - after;
  return [
    `✓ 取得 ${count} 条，至位置 ${position}；核对了 ${statements} 份声明和全部的根，已回执  ${count} entries to position ${position}; statements and the root of everything hold; confirmed`,
    `  世代 epoch ${epoch}`,
    ...keyLines(signers, pinned),
  ];
}

/** @returns The lines about a folder. */
export function folderLines(
  { position, pages, fetched, signers }: WrittenFolder,
  pinned: readonly Sm2PublicKey[] | undefined,
): readonly string[] {
  return [
    `✓ 存证文件夹：位置 1–${position}，${pages} 页，新写 ${fetched} 页；用 npm run verify 核对  proof folder: ${pages} pages, ${fetched} new; npm run verify checks it`,
    ...keyLines(signers, pinned),
  ];
}

/** @returns The lines about a comparison: one for each entry that differs. */
export function foundLines(found: Reconciliation | undefined): readonly string[] {
  if (found === undefined) return ['✓ 双方都是空的  both are empty'];
  const { differences, calls, complete, statement, setAside } = found;
  const to = statement?.to ?? 0;
  const range = `位置 positions 1–${to} · ${calls} 次询问 calls`;
  const aside = `! 枢纽换了世代：位置 ${to + 1} 起的 ${setAside} 条枢纽恢复后没有，已移入 pulled_aside，未删；再取即从该处接着  the hub has a new epoch: ${setAside} entries set aside, none deleted; the next pull goes on from there`;
  const moved = setAside === 0 ? [] : [aside];
  if (complete && differences.length === 0) return [...moved, `✓ 与枢纽完全相同：${range}  the same as the hub’s`];
  return [
    ...moved,
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

function keyLines(signers: readonly Sm2PublicKey[], pinned: readonly Sm2PublicKey[] | undefined): readonly string[] {
  const lines = signers.map(({ fingerprint }) => `  签名者公钥指纹 signer’s key, SM3: ${fingerprint}`);
  return pinned === undefined
    ? [
        ...lines,
        '  公钥由枢纽给出，请与另行得到的指纹比对，或用 --signer 指定。  The hub offered the key: compare its fingerprint, or give --signer.',
      ]
    : lines;
}
