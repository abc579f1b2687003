/**
 * `registration.json`: what a province's operator registers a system by, written by `hub init` and sent as it is.
 * @see subgraphs/registry/src/control/control.graphql «RegisterInput»
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { HubError, type SystemRow } from '@hub/schema';
import { z } from 'zod';

/** Its name. */
export const registrationFileName = 'registration.json';

const text = z.string().trim().min(1).max(200);
const region = z.string().regex(/^\d{6}$/, '应为 6 位数字。Six digits.');

const registration = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/),
  name: text,
  nameEn: text,
  owner: text,
  ownerCode: z.string().nullish(),
  region,
  platformCodes: z.array(z.string().regex(/^[^/]+\/[^/]+$/, '应为 交易系统标识码/交易平台标识码。SYSTEM/PLATFORM.')).default([]),
  coverageRegions: z.array(region).default([]),
  coverageFrom: z.string().nullish(),
  contracts: z.array(z.string()).min(1),
  key: z.strictObject({
    kty: z.literal('OKP'),
    crv: z.literal('Ed25519'),
    x: z.string(),
    kid: z.string().optional(),
    use: z.string().optional(),
    alg: z.string().optional(),
  }),
});

/** The document. */
export type Registration = z.output<typeof registration>;

/** @param folder - That has the file. @throws HubError CONFIG_INVALID naming everything that is wrong in it; FOLDER_UNREADABLE. */
export async function readRegistration(folder: string): Promise<Registration> {
  const file = join(folder, registrationFileName);
  const content = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new HubError('FOLDER_UNREADABLE', { zh: `读不到 ${file}。`, en: `Cannot read ${file}.`, cause });
  });
  const read = registration.safeParse(parsed(content));
  if (read.success) return read.data;
  const faults = read.error.issues.map(({ path, message }) => `${path.join('.') || '.'}（${message}）`).join('；');
  throw new HubError('CONFIG_INVALID', { zh: `${file} 不合要求：${faults}。`, en: `${file} is not valid, at: ${faults}.` });
}

/** @returns The system as its own program knows it. */
export function systemRowOf({
  code,
  name,
  nameEn,
  owner,
  ownerCode,
  region: home,
  platformCodes,
}: Registration): Omit<SystemRow, 'contracts'> {
  return {
    code,
    name,
    nameEn,
    owner: { name: owner, creditCode: ownerCode ?? undefined },
    region: home,
    platformCodes: platformCodes.map((both) => {
      const [platform = '', tradePlat = ''] = both.split('/');
      return { platform, tradePlat };
    }),
    registeredAt: '1970-01-01T00:00:00+00:00',
    state: 'PUBLISHED',
  };
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
