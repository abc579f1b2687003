/**
 * A copy of the repository to change things in: its files as they are now, and the packages it has installed, by links. What a
 * package of ours imports from another of ours is the copy's.
 */
import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { files, packageFolders, root } from './repository.ts';

/** Copies the repository into a folder that is not there yet. */
export function copyRepository(to: string): void {
  for (const path of files) {
    mkdirSync(join(to, dirname(path)), { recursive: true });
    cpSync(join(root, path), join(to, path));
  }
  for (const folder of ['.', ...packageFolders]) copyLinks(join(root, folder, 'node_modules'), join(to, folder, 'node_modules'));
}

/** Links are kept as they are, relative: `@hub/schema` leads into the copy. Only the store of foreign packages is shared. */
function copyLinks(from: string, to: string): void {
  for (const name of entries(from)) {
    if (name === '.pnpm') symlinkSync(join(from, name), join(to, name));
    else cpSync(join(from, name), join(to, name), { recursive: true, verbatimSymlinks: true });
  }
}

function entries(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
