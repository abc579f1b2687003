/**
 * The systems of the routing table with their connections and health. The table is replaced as a whole at run time; nothing
 * is recomposed, and a system whose row did not change keeps its connections.
 * @see design/partitioning.md «Rules» 1
 */
import { type Clock, guardedLookup, type Reach, type Resolve, type Signer, systemUrlFaults, type UrlFault } from '@hub/kit/process';
import { HubError, isSystemCode } from '@hub/schema';

import { Health, type HealthOptions, usualHealth } from '../route/health.ts';
import type { SystemRow } from '../route/table.ts';
import { Endpoint, type EndpointLimits } from './post.ts';

/** A system that can be asked. */
export interface System {
  readonly row: SystemRow;
  readonly endpoint: Endpoint;
  readonly health: Health;
}

export interface SystemsOptions {
  readonly clock: Clock;
  readonly health?: HealthOptions | undefined;
  readonly limits?: EndpointLimits | undefined;
  /** Signs every request, for the system it goes to. */
  readonly signer?: Signer | undefined;
  /** How far beyond the public Internet systems may be; nowhere unless it is said. */
  readonly reach?: Reach | undefined;
  /** Finds addresses; the machine's own resolver unless a test has another. */
  readonly resolve?: Resolve | undefined;
}

/** The routing table in use. */
export class Systems implements AsyncDisposable {
  readonly #options: SystemsOptions;
  readonly #lookup: ReturnType<typeof guardedLookup>;
  #byCode: ReadonlyMap<string, System> = new Map();
  #rows: readonly SystemRow[] = [];
  #replacements = 0;

  /** @throws HubError CONFIG_INVALID, as `replace` does. */
  constructor(rows: readonly SystemRow[], options: SystemsOptions) {
    this.#options = options;
    this.#lookup = guardedLookup(options.reach ?? {}, options.resolve);
    this.replace(rows);
  }

  get rows(): readonly SystemRow[] {
    return this.#rows;
  }

  /** How often a table was put in force. */
  get replacements(): number {
    return this.#replacements;
  }

  /** What a system is called. */
  readonly nameOf = (code: string): string | undefined => this.#byCode.get(code)?.row.name;
  /** The published ones, for whoever tells how they are. */
  get watched(): readonly { readonly code: string; readonly health: Health }[] {
    return [...this.#byCode.values()].flatMap(({ row, health }) => (row.state === 'published' ? { code: row.code, health } : []));
  }

  get(code: string): System | undefined {
    return this.#byCode.get(code);
  }

  /**
   * Puts a new table in force for every operation that routes from now on.
   * @throws HubError CONFIG_INVALID when a code is malformed or occurs twice, or a published system's URL is none that a system
   *   may have; the old table then stays.
   */
  replace(rows: readonly SystemRow[]): void {
    const faults = rows.flatMap((row, index) => faultsOf(row, rows.slice(0, index), this.#options.reach ?? {}));
    if (faults.length > 0) {
      throw new HubError('CONFIG_INVALID', {
        zh: `路由表无效：${faults.map(({ zh }) => zh).join('；')}。`,
        en: `The routing table is not valid: ${faults.map(({ en }) => en).join('; ')}.`,
      });
    }
    const old = this.#byCode;
    this.#byCode = new Map(rows.map((row) => [row.code, this.#open(row, old.get(row.code))]));
    this.#rows = rows;
    this.#replacements++;
    const kept = new Set([...this.#byCode.values()].map(({ endpoint }) => endpoint));
    for (const { endpoint } of old.values()) if (!kept.has(endpoint)) void endpoint.retire();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#byCode.values()].map(({ endpoint }) => endpoint[Symbol.asyncDispose]()));
  }

  #open(row: SystemRow, known: System | undefined): System {
    if (known?.row.url === row.url) return { ...known, row };
    const { clock, health = usualHealth, limits, signer } = this.#options;
    const sign = signer === undefined ? undefined : (body: string) => signer.sign(row.code, body);
    return { row, endpoint: new Endpoint(row.url, { limits, sign, lookup: this.#lookup }), health: new Health(clock, health) };
  }
}

function faultsOf({ code, url, state }: SystemRow, before: readonly SystemRow[], reach: Reach): readonly UrlFault[] {
  const isUrl = /^https?:/.test(url) && URL.canParse(url);
  // One that is withdrawn is never asked.
  const wrong = state === 'published' && isUrl ? systemUrlFaults(url, reach) : [];
  return [
    ...(isSystemCode(code) ? [] : [same(`code ${code}`)]),
    ...(before.some((row) => row.code === code) ? [same(`code ${code} ×2`)] : []),
    ...(isUrl ? [] : [same(`${code}: url ${url}`)]),
    ...wrong.map(({ zh, en }) => ({ zh: `${code} 的地址${zh}`, en: `${code}: url ${en}` })),
  ];
}

function same(text: string): UrlFault {
  return { zh: text, en: text };
}
