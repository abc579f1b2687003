/**
 * The hub's settings: environment variables in, one typed and complete object out, or one refusal that lists every fault.
 * @see README «Settings»
 */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { HubError } from '@hub/schema';
import { z } from 'zod';

import { keyFileFault } from './key-file.ts';
import { isPrivateNetwork } from './networks.ts';
import { isOrigin, isWebAddress, list, numeric, oneOf, readableBy, say } from './setting-kinds.ts';
import { readSigningKey } from './signing/key-file.ts';
import { readKeySet, readNamedKeySet, readTrustedKeys } from './signing/trusted-keys.ts';

const port = numeric(/^\d{1,5}$/, { min: 0, max: 65_535 });
const workers = numeric(/^\d{1,3}$/, { min: 1, max: 256 });
const scale = numeric(/^\d{1,5}(\.\d{1,4})?$/, { min: 0.01, max: 10_000, orNone: true });

/** Where a part of the hub is: protocol, host and port. */
function originOf({ zh, example }: { readonly zh: string; readonly example: string }) {
  return z
    .string()
    .refine(
      (text) => /^https?:/.test(text) && isOrigin(text.replace(/\/$/, '')),
      say(`应为${zh}的协议、主机和端口，如 ${example}`, `must be an origin such as ${example}`),
    )
    .transform((text) => new URL(text).origin)
    .optional();
}

const settings = z.object({
  HUB_PORT: port.default(4000),
  HUB_REGISTRY_PORT: port.optional(),
  HUB_EXCHANGE_PORT: port.optional(),
  HUB_REGISTRY_URL: originOf({ zh: '登记处', example: 'https://registry.example.gov.cn' }),
  HUB_EXCHANGE_URL: originOf({ zh: '数据交换', example: 'https://exchange.example.gov.cn' }),
  HUB_REGISTRY_KEY_FILE: readableBy(readKeySet),
  HUB_DATA_DIR: z.string().default('./.hub'),
  HUB_DATABASE_URL: z
    .string()
    .regex(
      /^postgres(ql)?:\/\/\S+$/,
      say('应为 postgres://用户:密码@主机:端口/库名', 'must be postgres://user:password@host:port/database'),
    )
    .optional(),
  HUB_SCALE: scale.default(1),
  HUB_PROVINCE_DIR: z.string().default(fileURLToPath(new URL('../../../../schema/province', import.meta.url))),
  HUB_TOKEN_SECRET: z.string().min(32, say('至少 32 个字符', 'must have 32 characters at least')).optional(),
  HUB_JWKS_FILE: z
    .string()
    .superRefine((file, context) => {
      const fault = keyFileFault(file);
      if (fault !== undefined) context.addIssue({ code: 'custom', message: say(fault.zh, fault.en) });
    })
    .optional(),
  HUB_GATEWAY_KEY_FILE: readableBy(readSigningKey),
  HUB_TRUSTED_KEYS_FILE: readableBy(readTrustedKeys),
  HUB_OPERATOR_KEYS_FILE: readableBy(readNamedKeySet),
  HUB_NATION_KEYS_FILE: readableBy(readKeySet),
  HUB_NATION_URL: z
    .string()
    .refine(
      isWebAddress,
      say('应为国家系统接收报文的地址，如 https://nation.example/upload', 'must be an address such as https://nation.example/upload'),
    )
    .optional(),
  HUB_TOKEN_AUDIENCE: z.string().optional(),
  HUB_TOKEN_ISSUER: z.string().optional(),
  HUB_CURSOR_KEY: z.string().min(32, say('至少 32 个字符', 'must have 32 characters at least')).optional(),
  HUB_ENGINE: oneOf(['hub', 'reference'], 'hub'),
  HUB_WORKERS: workers.default(1),
  HUB_ALLOW_LOOPBACK: oneOf(['0', '1'], '0'),
  HUB_ALLOW_NETWORKS: list().refine(
    (networks) => networks.every(isPrivateNetwork),
    say(
      '应为以逗号分隔的内网网段，在 10.0.0.0/8、172.16.0.0/12、192.168.0.0/16 或 fc00::/7 之内，如 10.64.0.0/10',
      'must be networks separated by commas, inside 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or fc00::/7, such as 10.64.0.0/10',
    ),
  ),
  HUB_CORS_ORIGINS: list().refine(
    (origins) => origins.every(isOrigin),
    say('应为以逗号分隔的来源，如 https://hall.example.gov.cn', 'must be origins separated by commas, such as https://hall.example.gov.cn'),
  ),
  HUB_LOG_LEVEL: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], 'warn'),
});

/** The least that is written: pino's levels. */
export type LogLevel = z.output<typeof settings>['HUB_LOG_LEVEL'];

/** Every setting of a hub process. Folders are absolute. */
export interface HubConfig {
  /** Port of the gateway on 127.0.0.1; 0 takes a free one. */
  readonly port: number;
  /** Port of the registry on 127.0.0.1, unless set the one after `port`; 0 takes a free one. */
  readonly registryPort: number;
  /** Port of the exchange on 127.0.0.1, unless set the second after `port`; 0 takes a free one. */
  readonly exchangePort: number;
  /** Origin of the registry that a gateway on its own follows. */
  readonly registryUrl: string | undefined;
  /** Public keys that verify the routing tables of that registry. */
  readonly registryKeyFile: string | undefined;
  /** Origin of the exchange that a gateway on its own asks. */
  readonly exchangeUrl: string | undefined;
  readonly dataDir: string;
  /** Absent: the hub runs a PostgreSQL of its own in `dataDir`. */
  readonly databaseUrl: string | undefined;
  /** Multiplies the demonstration data; may be a fraction; 0: none is made. */
  readonly scale: number;
  readonly provinceDir: string;
  readonly tokenSecret: string | undefined;
  readonly jwksFile: string | undefined;
  /** The private key that a gateway signs its requests with; absent: made in `dataDir`, or none. */
  readonly gatewayKeyFile: string | undefined;
  /** Public keys of gateways that systems answer. */
  readonly trustedKeysFile: string | undefined;
  /** Public keys of the persons who operate the registry, each with its name. */
  readonly operatorKeysFile: string | undefined;
  /** Public keys of the national system, which may read the hub's feed and confirm it. */
  readonly nationKeysFile: string | undefined;
  /** Where every entry of the hub's feed is pushed to; absent: nowhere. */
  readonly nationUrl: string | undefined;
  /** What `aud` and `iss` of a caller's token must say; absent: they are not looked at. */
  readonly tokenAudience: string | undefined;
  readonly tokenIssuer: string | undefined;
  readonly cursorKey: string | undefined;
  /** What runs plans of queries. */
  readonly engine: 'hub' | 'reference';
  /** Processes of the gateway on its one port. */
  readonly workers: number;
  readonly corsOrigins: readonly string[];
  /** Development: systems may be on this machine, over http too. */
  readonly allowLoopback: boolean;
  /** Private networks that systems may be in, such as `10.64.0.0/10`. */
  readonly allowNetworks: readonly string[];
  readonly logLevel: LogLevel;
}

/** The names of all settings. */
export const settingNames: readonly string[] = Object.keys(settings.shape);

/**
 * Reads the `HUB_…` variables; an empty value counts as absent.
 * @param env - Usually `process.env`.
 * @param flags - Settings given on the command line, by variable; each stands above its variable, and `HUB_REGISTRY_URL` is the flag `--registry`.
 * @throws HubError CONFIG_INVALID, naming every wrong setting, what is wrong with it and what it must be. Secrets are never quoted.
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  flags: Readonly<Record<string, string | undefined>> = {},
): HubConfig {
  const variables = Object.entries(env).filter(([name, value]) => name.startsWith('HUB_') && value !== '');
  const flagged = Object.entries(flags).filter(([, value]) => value !== undefined);
  const given = Object.fromEntries([...variables, ...flagged]);
  const read = settings.safeParse(given);
  const issues = [...(read.error?.issues ?? []), ...inProduction(given, env)];
  if (!read.success || issues.length > 0) throw invalid(issues, given, new Set(flagged.map(([name]) => name)));
  const found = read.data;
  return {
    port: found.HUB_PORT,
    // After the last port there is none: a free one.
    registryPort: found.HUB_REGISTRY_PORT ?? (found.HUB_PORT === 0 ? 0 : (found.HUB_PORT + 1) % 65_536),
    exchangePort: found.HUB_EXCHANGE_PORT ?? (found.HUB_PORT === 0 ? 0 : (found.HUB_PORT + 2) % 65_536),
    registryUrl: found.HUB_REGISTRY_URL,
    exchangeUrl: found.HUB_EXCHANGE_URL,
    registryKeyFile: found.HUB_REGISTRY_KEY_FILE === undefined ? undefined : resolve(found.HUB_REGISTRY_KEY_FILE),
    dataDir: resolve(found.HUB_DATA_DIR),
    databaseUrl: found.HUB_DATABASE_URL,
    scale: found.HUB_SCALE,
    provinceDir: resolve(found.HUB_PROVINCE_DIR),
    tokenSecret: found.HUB_TOKEN_SECRET,
    jwksFile: found.HUB_JWKS_FILE === undefined ? undefined : resolve(found.HUB_JWKS_FILE),
    gatewayKeyFile: found.HUB_GATEWAY_KEY_FILE === undefined ? undefined : resolve(found.HUB_GATEWAY_KEY_FILE),
    trustedKeysFile: found.HUB_TRUSTED_KEYS_FILE === undefined ? undefined : resolve(found.HUB_TRUSTED_KEYS_FILE),
    operatorKeysFile: found.HUB_OPERATOR_KEYS_FILE === undefined ? undefined : resolve(found.HUB_OPERATOR_KEYS_FILE),
    nationKeysFile: found.HUB_NATION_KEYS_FILE === undefined ? undefined : resolve(found.HUB_NATION_KEYS_FILE),
    nationUrl: found.HUB_NATION_URL,
    tokenAudience: found.HUB_TOKEN_AUDIENCE,
    tokenIssuer: found.HUB_TOKEN_ISSUER,
    cursorKey: found.HUB_CURSOR_KEY,
    engine: found.HUB_ENGINE,
    workers: found.HUB_WORKERS,
    allowLoopback: found.HUB_ALLOW_LOOPBACK === '1',
    allowNetworks: found.HUB_ALLOW_NETWORKS,
    corsOrigins: found.HUB_CORS_ORIGINS,
    logLevel: found.HUB_LOG_LEVEL,
  };
}

type Given = Readonly<Record<string, string | undefined>>;
type Issue = Pick<z.core.$ZodIssue, 'path' | 'message'>;

const secret = new Set(['HUB_TOKEN_SECRET', 'HUB_CURSOR_KEY', 'HUB_DATABASE_URL', 'HUB_NATION_URL']);

function invalid(issues: readonly Issue[], given: Given, flagged: ReadonlySet<string>): HubError {
  const faults = issues.map((issue) => {
    const name = String(issue.path[0]);
    const value = given[name] ?? '';
    const [zh = '', en = ''] = issue.message.split('\n');
    const flag = flagged.has(name);
    const variable = secret.has(name) ? name : `${name}=${value}`;
    const shown = flag ? `${flagOf(name)} ${value}` : variable;
    return { flag, zh: `${shown} 无效：${zh}`, en: `${shown} is not valid: ${en}` };
  });
  const [options, variables] = [faults.filter(({ flag }) => flag), faults.filter(({ flag }) => !flag)];
  const groups = [
    { zh: '选项', en: 'Option', told: options },
    { zh: '环境变量', en: 'Environment variable', told: variables },
  ].filter(({ told }) => told.length > 0);
  return new HubError('CONFIG_INVALID', {
    zh: groups.map(({ zh, told }) => `${zh} ${told.map((fault) => fault.zh).join('；')}。`).join(''),
    en: groups.map(({ en, told }) => `${en} ${told.map((fault) => fault.en).join('; ')}.`).join(' '),
  });
}

/** `HUB_PORT` is `--port`, `HUB_REGISTRY_KEY_FILE` is `--registry-key`. */
function flagOf(name: string): string {
  const words = name
    .slice('HUB_'.length)
    .toLowerCase()
    .replace(/_(url|file)$/, '');
  return `--${words.replaceAll('_', '-')}`;
}

/** What is for development alone is refused where NODE_ENV says `production`, as the command line does unless told otherwise. */
function inProduction(given: Given, { NODE_ENV: kind }: Given): readonly Issue[] {
  if (given['HUB_ALLOW_LOOPBACK'] !== '1' || kind !== 'production') return [];
  const message = say('只供开发使用，须同时设置 NODE_ENV=development', 'is for development only; set NODE_ENV=development with it');
  return [{ path: ['HUB_ALLOW_LOOPBACK'], message }];
}
