/**
 * Holds what is kept against the hub's signed statements: those of closed segments and days in their order, then one of
 * everything there is, made on the spot. A root that is another is never passed over.
 * @see schema/PROTOCOL.md «Proof»; design/feed.md 9 and 10
 */
import { HubError, type RangeStatement, rangeRoot, type SignedStatement, signatureHolds, type Sm2PublicKey } from '@hub/schema';

import type { Hub } from '../hub/hub-client.ts';
import type { PulledStore } from '../store/pulled-store.ts';

/** Who compares. */
export interface Sides {
  readonly hub: Hub;
  readonly store: PulledStore;
}

/** What is believed. */
export interface Belief {
  readonly epoch: string;
  /** Last position kept. */
  readonly head: number;
  /** Whoever of them signed. */
  readonly signers: readonly Sm2PublicKey[];
}

/** A range in which what is kept is not what was signed. */
export class RootsDiffer extends HubError {
  readonly statement: RangeStatement;

  constructor(statement: RangeStatement) {
    const { from, to } = statement;
    super('SYSTEM_FAILED', {
      zh: `位置 ${from}–${to} 与枢纽签名的根不符：已保存的与枢纽的有出入，请对账（--reconcile）。`,
      en: `Positions ${from}–${to} do not match the root that the hub signed: what is kept differs from the hub’s; reconcile (--reconcile).`,
    });
    this.statement = statement;
  }
}

/**
 * @returns How many statements were checked.
 * @throws RootsDiffer; HubError SYSTEM_FAILED when a statement is not the signer's.
 */
export async function checkStatements(sides: Sides, belief: Belief): Promise<number> {
  const { hub, store } = sides;
  let { statements: through } = await store.cursor();
  let checked = 0;
  for (;;) {
    const told = await hub.statements(through);
    // Of many statements about everything up to a segment's end the last one says it all.
    const covered = told.statements.findIndex(({ statement }) => statement.to > belief.head);
    const page = covered < 0 ? told.statements : told.statements.slice(0, covered);
    const lastWhole = page.findLast((said) => said.statement.from === 1 && signerOf(said, belief) !== undefined);
    for (const said of page) {
      // Of a key that is not believed any more: nothing is taken from it, and the statement of everything that follows needs none.
      if (signerOf(said, belief) === undefined) continue;
      checked++;
      // One of an epoch before: what the hub was restored to holds it still, and the root says whether we do.
      assertSigned(said, { signers: belief.signers });
      if (said.statement.from !== 1 || said === lastWhole) await assertRoot(store, said.statement);
    }
    if (page.length === 0) break;
    through += page.length;
    await store.noteChecked(through);
  }
  if (belief.head > 0) await checkWhole(sides, belief);
  return checked;
}

/** @returns The statement of everything up to the head, checked. */
export async function checkWhole({ hub, store }: Sides, belief: Belief): Promise<SignedStatement> {
  const said = await statedTo(hub, belief);
  await assertRoot(store, said.statement);
  return said;
}

/** @returns What the hub states of positions 1 to the head. @throws HubError SYSTEM_FAILED when it is of another range, or not signed. */
export async function statedTo(hub: Hub, belief: Belief): Promise<SignedStatement> {
  const said = await hub.state({ from: 1, to: belief.head });
  assertSigned(said, belief);
  if (said.statement.from !== 1 || said.statement.to !== belief.head) throw notSigned(said.statement);
  return said;
}

/** @throws HubError SYSTEM_FAILED when it is not a statement of this feed, and of this epoch where one is said, by one of these keys. */
export function assertSigned(said: SignedStatement, { epoch, signers }: Partial<Belief> & Pick<Belief, 'signers'>): void {
  const { statement } = said;
  const isOfEpoch = epoch === undefined || statement.epoch === epoch;
  const key = signerOf(said, { signers });
  if (key === undefined) throw signerUnknown(said);
  const isOurs = statement.stream === 'hub' && isOfEpoch && statement.count === statement.to - statement.from + 1;
  if (!isOurs || !signatureHolds(said, key)) throw notSigned(statement);
}

/** @returns The key that is said to have signed; undefined when it is not believed. */
export function signerOf({ signer }: SignedStatement, { signers }: Pick<Belief, 'signers'>): Sm2PublicKey | undefined {
  return signers.find(({ fingerprint }) => fingerprint === signer);
}

async function assertRoot(store: PulledStore, statement: RangeStatement): Promise<void> {
  if ((await rangeRoot(store, statement)).toString('hex') !== statement.root) throw new RootsDiffer(statement);
}

function notSigned({ from, to }: RangeStatement): HubError {
  return new HubError('SYSTEM_FAILED', {
    zh: `关于位置 ${from}–${to} 的声明不是所信任的密钥对这一数据流签的，不予采信。`,
    en: `The statement about positions ${from}–${to} was not signed for this feed by the key that is believed.`,
  });
}

function signerUnknown({ signer, statement: { from, to } }: SignedStatement): HubError {
  return new HubError('SYSTEM_FAILED', {
    zh: `关于位置 ${from}–${to} 的声明是公钥 ${signer} 签的，不在所信任的之列，不予采信。枢纽若换了钥：把指纹与另行得到的比对，再把新旧公钥放在一个文件里，用 --signer 指定。`,
    en: `The statement about positions ${from}–${to} was signed by the key ${signer}, which is not believed. If the hub has a new key, compare its fingerprint with one had from elsewhere, put old and new key into one file, and give --signer.`,
  });
}
