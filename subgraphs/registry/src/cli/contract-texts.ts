/**
 * The contracts of a folder, as they are proposed: `contracts/*.graphql`, `shared.graphql`, `directives.graphql`, `codes/*.json`.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { HubError } from '@hub/schema';

/** Texts to be compared with those in force. */
export interface ContractTexts {
  readonly contracts: readonly string[];
  readonly shared: string;
  readonly directives: string;
  readonly codeLists: readonly string[];
}

/** @param from - Relative to `folder`; undefined: this checkout's own. @throws HubError FOLDER_UNREADABLE. */
export async function readContractTexts(from: string | undefined, folder: string): Promise<ContractTexts> {
  const root =
    from === undefined ? fileURLToPath(new URL('..', import.meta.resolve('@hub/schema/supergraph.graphql'))) : resolve(folder, from);
  try {
    const [contracts, shared, directives, codeLists] = await Promise.all([
      textsIn(join(root, 'contracts'), '.graphql'),
      readFile(join(root, 'shared.graphql'), 'utf8'),
      readFile(join(root, 'directives.graphql'), 'utf8'),
      textsIn(join(root, 'codes'), '.json'),
    ]);
    return { contracts, shared, directives, codeLists };
  } catch (cause) {
    throw new HubError('FOLDER_UNREADABLE', {
      zh: `读不到 ${root} 中的契约：应有 contracts/*.graphql、shared.graphql、directives.graphql、codes/*.json。`,
      en: `The contracts in ${root} cannot be read: contracts/*.graphql, shared.graphql, directives.graphql and codes/*.json are needed.`,
      cause,
    });
  }
}

async function textsIn(folder: string, end: string): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(end)).toSorted();
  return Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
}
