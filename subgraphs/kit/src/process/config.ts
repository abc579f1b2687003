/**
 * The hub's settings: environment variables in, one typed and complete object out, or one refusal that lists every fault.
 * @see README «Settings»
 */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { HubError } from '@hub/schema';
import { z } from 'zod';

const port = numeric(/^\d{1,5}$/, { min: 0, max: 65_535, usual: 4000 });
const scale = numeric(/^\d{1,5}(\.\d{1,4})?$/, { min: 0.01, max: 10_000, usual: 1 });

const settings = z.object({
  HUB_PORT: port,
  HUB_DATA_DIR: z.string().default('./.hub'),
  HUB_DATABASE_URL: z
    .string()
    .regex(
      /^postgres(ql)?:\/\/\S+$/,
      say('应为 postgres://用户:密码@主机:端口/库名', 'must be postgres://user:password@host:port/database'),
    )
    .optional(),
  HUB_SCALE: scale,
  HUB_PROVINCE_DIR: z.string().default(fileURLToPath(new URL('../../../../schema/province', import.meta.url))),
  HUB_TOKEN_SECRET: z.string().min(32, say('至少 32 个字符', 'must have 32 characters at least')).optional(),
  HUB_JWKS_FILE: z.string().optional(),
  HUB_CURSOR_KEY: z.string().min(32, say('至少 32 个字符', 'must have 32 characters at least')).optional(),
  HUB_CORS_ORIGINS: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((origin) => origin.trim())
        .filter((origin) => origin !== ''),
    )
    .refine(
      (origins) => origins.every(isOrigin),
      say(
        '应为以逗号分隔的来源，如 https://hall.example.gov.cn',
        'must be origins separated by commas, such as https://hall.example.gov.cn',
      ),
    ),
  HUB_LOG_LEVEL: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], 'warn'),
});

/** The least that is written: pino's levels. */
export type LogLevel = z.output<typeof settings>['HUB_LOG_LEVEL'];

/** Every setting of a hub process. Folders are absolute. */
export interface HubConfig {
  /** Port of the gateway on 127.0.0.1; 0 takes a free one. */
  readonly port: number;
  readonly dataDir: string;
  /** Absent: the hub runs a PostgreSQL of its own in `dataDir`. */
  readonly databaseUrl: string | undefined;
  /** Multiplies the demonstration data; may be a fraction. */
  readonly scale: number;
  readonly provinceDir: string;
  readonly tokenSecret: string | undefined;
  readonly jwksFile: string | undefined;
  readonly cursorKey: string | undefined;
  readonly corsOrigins: readonly string[];
  readonly logLevel: LogLevel;
}

/**
 * Reads the `HUB_…` variables; an empty value counts as absent.
 * @param env - Usually `process.env`.
 * @throws HubError CONFIG_INVALID, naming every wrong variable, what is wrong with it and what it must be. Secrets are never quoted.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): HubConfig {
  const given = Object.fromEntries(Object.entries(env).filter(([name, value]) => name.startsWith('HUB_') && value !== ''));
  const read = settings.safeParse(given);
  if (!read.success) throw invalid(read.error.issues, given);
  const found = read.data;
  return {
    port: found.HUB_PORT,
    dataDir: resolve(found.HUB_DATA_DIR),
    databaseUrl: found.HUB_DATABASE_URL,
    scale: found.HUB_SCALE,
    provinceDir: resolve(found.HUB_PROVINCE_DIR),
    tokenSecret: found.HUB_TOKEN_SECRET,
    jwksFile: found.HUB_JWKS_FILE === undefined ? undefined : resolve(found.HUB_JWKS_FILE),
    cursorKey: found.HUB_CURSOR_KEY,
    corsOrigins: found.HUB_CORS_ORIGINS,
    logLevel: found.HUB_LOG_LEVEL,
  };
}

const secret = new Set(['HUB_TOKEN_SECRET', 'HUB_CURSOR_KEY', 'HUB_DATABASE_URL']);

function invalid(issues: readonly z.core.$ZodIssue[], given: Readonly<Record<string, string | undefined>>): HubError {
  const faults = issues.map((issue) => {
    const name = String(issue.path[0]);
    const shown = secret.has(name) ? name : `${name}=${given[name] ?? ''}`;
    const [zh = '', en = ''] = issue.message.split('\n');
    return { zh: `${shown} 无效：${zh}`, en: `${shown} is not valid: ${en}` };
  });
  return new HubError('CONFIG_INVALID', {
    zh: `环境变量 ${faults.map((fault) => fault.zh).join('；')}。`,
    en: `Environment variable ${faults.map((fault) => fault.en).join('; ')}.`,
  });
}

// zod carries one text per fault; both languages travel in it, a line each.
function say(zh: string, en: string): string {
  return `${zh}\n${en}`;
}

function numeric(shape: RegExp, { min, max, usual }: { readonly min: number; readonly max: number; readonly usual: number }) {
  const message = say(
    `应为 ${min}–${max} 的${shape.test('0.5') ? '数' : '整数'}`,
    `must be a ${shape.test('0.5') ? '' : 'whole '}number from ${min} to ${max}`,
  );
  return z
    .string()
    .regex(shape, message)
    .transform(Number)
    .refine((value) => value >= min && value <= max, message)
    .default(usual);
}

function oneOf<const Values extends readonly [string, ...string[]]>(values: Values, usual: Values[number]) {
  const message = say(`应为 ${values.join('、')} 之一`, `must be one of ${values.join(', ')}`);
  return z.enum(values, { error: message }).default(usual);
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}
