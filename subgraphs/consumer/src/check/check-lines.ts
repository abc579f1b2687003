/**
 * Checks every line on its way in: an entry in its canonical form, at the next position, whose content is the one its hash was
 * made of. What is not is refused before anything is kept.
 * @see schema/PROTOCOL.md «Proof»; design/feed.md 8
 */
import { contentHolds, HubError, type Leaf, leafOf, lineHash, type ProvenEntry, readEntry } from '@hub/schema';

/** An entry that holds by itself; whether it is the one that was signed, the root over its range says. */
export interface CheckedEntry extends ProvenEntry {
  readonly line: string;
  readonly leaf: Leaf;
}

/** Entries of one answer, in batches. */
export interface Batching {
  readonly stream: string;
  /** Position before the first. */
  readonly after: number;
  readonly size: number;
}

/**
 * @returns Batches of entries, each following the one before.
 * @throws HubError SYSTEM_FAILED at the first line that does not hold.
 */
export async function* checkedBatches(
  lines: AsyncIterable<Buffer>,
  { stream, after, size }: Batching,
): AsyncGenerator<readonly CheckedEntry[]> {
  let last = after;
  let batch: CheckedEntry[] = [];
  for await (const line of lines) {
    batch.push(checkedEntry(line, stream, last + 1));
    last++;
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function checkedEntry(line: Buffer, stream: string, position: number): CheckedEntry {
  const entry = readEntry(line, stream);
  if (entry === undefined) throw wrong(position, '不是规范的变更', 'is no canonical entry');
  if (entry.position !== position) {
    throw wrong(position, `应到却是位置 ${entry.position}`, `was expected, but position ${entry.position} came`);
  }
  if (!contentHolds(entry)) throw wrong(position, '的内容与其杂凑不符', 'holds a content that is not its hash’s');
  return { ...entry, line: line.toString(), leaf: leafOf(entry, lineHash(line)) };
}

function wrong(position: number, zh: string, en: string): HubError {
  return new HubError('SYSTEM_FAILED', {
    zh: `枢纽数据流的位置 ${position} ${zh}；未保存，将重取。`,
    en: `Position ${position} of the hub’s feed ${en}: nothing was kept, and it will be fetched again.`,
  });
}
