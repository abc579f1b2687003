/**
 * A system as every command asks for it and shows it.
 * @see ../control/control.graphql
 */
import { z } from 'zod';

import { moment, orNone, worded } from './print/words.ts';

/** What is asked of a system. */
export const systemFields = `code name nameEn owner ownerCode region platformCodes coverageRegions coverageFrom contracts
  state onboarding endpoint version registeredAt`;

/** A system as the registry answers it. */
export const systemShape = z.object({
  code: z.string(),
  name: z.string(),
  nameEn: z.string(),
  owner: z.string(),
  ownerCode: z.string().nullable(),
  region: z.string(),
  platformCodes: z.array(z.string()),
  coverageRegions: z.array(z.string()),
  coverageFrom: z.string().nullable(),
  contracts: z.array(z.string()),
  state: z.string(),
  onboarding: z.string(),
  endpoint: z.string().nullable(),
  version: z.number().nullable(),
  registeredAt: z.string(),
});

/** A system. */
export type ShownSystem = z.output<typeof systemShape>;

/** @returns Rows of a table: what is known of one system. */
export function systemRows(system: ShownSystem): readonly (readonly [string, string])[] {
  return [
    ['代码 code', system.code],
    ['名称 name', `${system.name}  ${system.nameEn}`],
    ['运营单位 owner', `${system.owner}${system.ownerCode === null ? '' : ` ${system.ownerCode}`}`],
    ['行政区划 region', system.region],
    ['平台标识码 platform codes', orNone(system.platformCodes.join(' '))],
    [
      '申报覆盖 coverage',
      `${orNone(system.coverageRegions.join(' '))}${system.coverageFrom === null ? '' : ` ${system.coverageFrom} 起 on`}`,
    ],
    ['契约 contracts', system.contracts.join(' ')],
    ['状态 state', worded(system.state)],
    ['接入进度 onboarding', worded(system.onboarding)],
    ['版本 version', orNone(system.version)],
    ['地址 endpoint', orNone(system.endpoint)],
    ['登记时间 registered', moment(system.registeredAt)],
  ];
}
