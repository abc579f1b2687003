/**
 * What a system hands in: its SDL, where it is, and the contracts it serves, from flags or from the folder's `hub.json`.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { HubError } from '@hub/schema';
import { z } from 'zod';

import { findingFields, findingShape } from './finding-lines.ts';
import { type CliSettings, invalid, type RegistryFlags, shownPath, systemOf } from './settings.ts';
import { systemFields, systemShape } from './system-fields.ts';
import type { Terminal } from './terminal.ts';

/** Flags of `check` and `publish`. */
export interface SubmissionFlags extends RegistryFlags {
  readonly sdl?: string;
  readonly endpoint?: string;
  readonly contract?: readonly string[];
}

/** What is sent, and the file that its findings speak of. */
export interface Submission {
  readonly input: { readonly system: string; readonly sdl?: string; readonly endpoint?: string; readonly contracts?: readonly string[] };
  /** As the caller would write it; undefined: no SDL is sent, the one in force stays. */
  readonly file: string | undefined;
}

/** Where `hub serve` and `hub dev` write what they serve. */
const sdlFileName = 'schema.graphql';

/** Sends it. */
export const publishQuery = `mutation ($input: PublishInput!) { publishSystem(input: $input) {
  published position durationMs findings { ${findingFields} } system { ${systemFields} } } }`;

/** What comes back. */
export const publicationShape = z.object({
  publishSystem: z.object({
    published: z.boolean(),
    position: z.number().nullable(),
    durationMs: z.number(),
    findings: z.array(findingShape),
    system: systemShape,
  }),
});

/** @throws HubError CONFIG_INVALID, FOLDER_UNREADABLE. */
export async function readSubmission(flags: SubmissionFlags, settings: CliSettings, terminal: Terminal): Promise<Submission> {
  const system = systemOf(settings);
  // The folder's own answers are those of its system alone.
  const hub = settings.hub?.system === system ? settings.hub : undefined;
  const beside = hub === undefined ? undefined : join(hub.folder, sdlFileName);
  const path =
    flags.sdl === undefined ? (beside !== undefined && existsSync(beside) ? beside : undefined) : resolve(terminal.folder, flags.sdl);
  const endpoint = flags.endpoint ?? hub?.endpoint;
  const contracts = flags.contract ?? hub?.contracts;
  const sdl = path === undefined ? undefined : await readSdl(path);
  return {
    input: {
      system,
      ...(sdl === undefined ? {} : { sdl }),
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(contracts === undefined ? {} : { contracts }),
    },
    file: path === undefined ? undefined : (flags.sdl ?? shownPath(path, terminal)),
  };
}

/** @throws HubError CONFIG_INVALID when there is no SDL to judge. */
export function assertSdl({ input, file }: Submission): string {
  if (file !== undefined && input.sdl !== undefined) return file;
  throw invalid(
    '没有要检查的 SDL：请用 --sdl 文件；在 hub.json 的目录里，hub serve 或 hub dev 会写出 schema.graphql。',
    'There is no SDL to check: give --sdl FILE; in a folder with hub.json, hub serve and hub dev write schema.graphql.',
  );
}

async function readSdl(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new HubError('FOLDER_UNREADABLE', { zh: `读不到 SDL 文件 ${path}。`, en: `The SDL file ${path} cannot be read.`, cause });
  }
}
