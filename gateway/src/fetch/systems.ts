/**
 * The systems of the routing table with their connections and health. The table is replaced as a whole at run time; nothing
 * is recomposed, and a system whose row did not change keeps its connections.
 * @see design/partitioning.md «Rules» 1
 */
import type { Clock, Signer } from '@hub/kit/process';
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
}

/** The routing table in use. */
export class Systems implements AsyncDisposable {
  readonly #options: SystemsOptions;
  #byCode: ReadonlyMap<string, System> = new Map();
  #rows: readonly SystemRow[] = [];

  /** @throws HubError CONFIG_INVALID, as `replace` does. */
  constructor(rows: readonly SystemRow[], options: SystemsOptions) {
    this.#options = options;
    this.replace(rows);
  }

  get rows(): readonly SystemRow[] {
    return this.#rows;
  }

  get(code: string): System | undefined {
    return this.#byCode.get(code);
  }

  /**
   * Puts a new table in force for every operation that routes from now on.
   * @throws HubError CONFIG_INVALID when a code or URL is malformed or a code occurs twice; the old table then stays.
   */
  replace(rows: readonly SystemRow[]): void {
    const faults = rows.flatMap((row, index) => faultsOf(row, rows.slice(0, index)));
    if (faults.length > 0) {
      throw new HubError('CONFIG_INVALID', {
        zh: `路由表无效：${faults.join('；')}。`,
        en: `The routing table is not valid: ${faults.join('; ')}.`,
      });
    }
    const old = this.#byCode;
    this.#byCode = new Map(rows.map((row) => [row.code, this.#open(row, old.get(row.code))]));
    this.#rows = rows;
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
    return { row, endpoint: new Endpoint(row.url, { limits, sign }), health: new Health(clock, health) };
  }
}

function faultsOf(row: SystemRow, before: readonly SystemRow[]): readonly string[] {
  return [
    ...(isSystemCode(row.code) ? [] : [`code ${row.code}`]),
    ...(before.some(({ code }) => code === row.code) ? [`code ${row.code} ×2`] : []),
    ...(/^https?:/.test(row.url) && URL.canParse(row.url) ? [] : [`${row.code}: url ${row.url}`]),
  ];
}
