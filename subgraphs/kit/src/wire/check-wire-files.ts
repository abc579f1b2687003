/**
 * Whether files of records can be read at all, before anything of the first is stored.
 * @see standard/exchange.md 3
 */
import { HubError } from '@hub/schema';

import { openWireFile } from './wire-source.ts';

/**
 * Opens each file and closes it again.
 * @throws HubError FOLDER_UNREADABLE, naming every file that is missing, may not be read or is no file.
 */
export async function checkWireFiles(paths: readonly string[]): Promise<void> {
  const faults: HubError[] = [];
  for (const path of new Set(paths)) {
    try {
      await using _ = await openWireFile(path);
    } catch (cause) {
      if (!(cause instanceof HubError)) throw cause;
      faults.push(cause);
    }
  }
  const [first] = faults;
  if (first === undefined) return;
  throw new HubError('FOLDER_UNREADABLE', {
    zh: faults.map(({ message }) => message).join(' '),
    en: faults.map(({ messageEn }) => messageEn).join(' '),
    cause: first,
  });
}
