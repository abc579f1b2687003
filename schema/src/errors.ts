/**
 * The closed list of failures the hub shows. A code is never reused; match on `code`, never on class or message.
 * @see design/graph.md «Errors»
 */

/** Every code with the HTTP-like status it means and whether trying again can help. */
export const errorCodes = {
  QUERY_INVALID: { status: 400, retry: false },
  QUERY_TOO_LARGE: { status: 400, retry: false },
  UNAUTHENTICATED: { status: 401, retry: false },
  FORBIDDEN: { status: 403, retry: false },
  PAGE_SIZE_INVALID: { status: 400, retry: false },
  CURSOR_INVALID: { status: 400, retry: false },
  ID_INVALID: { status: 400, retry: false },
  SYSTEM_UNKNOWN: { status: 400, retry: false },
  FILTER_INVALID: { status: 400, retry: false },
  COVERAGE_INCOMPLETE: { status: 503, retry: true },
  CODE_CONFLICT: { status: 409, retry: false },
  EPOCH_CHANGED: { status: 409, retry: false },
  IDEMPOTENCY_CONFLICT: { status: 409, retry: false },
  GROUPS_TOO_MANY: { status: 400, retry: false },
  SYSTEMS_UNAVAILABLE: { status: 503, retry: true },
  SYSTEM_FAILED: { status: 502, retry: true },
  DEADLINE_EXCEEDED: { status: 504, retry: true },
  CONFIG_INVALID: { status: 500, retry: false },
  PORT_IN_USE: { status: 500, retry: false },
  FOLDER_UNREADABLE: { status: 500, retry: false },
  DATABASE_UNREACHABLE: { status: 503, retry: true },
  CONTRACT_INVALID: { status: 500, retry: false },
  RECORD_REFUSED: { status: 422, retry: false },
  REGISTRATION_INVALID: { status: 422, retry: false },
  INTERNAL: { status: 500, retry: true },
} as const;

/** A code of the closed list. */
export type ErrorCode = keyof typeof errorCodes;

/** What a HubError carries besides its code. */
export interface ErrorDetail {
  /** What is wrong, where, what to do; Chinese. */
  readonly zh: string;
  /** The same in English. */
  readonly en: string;
  readonly cause?: unknown;
  /** Code of the system concerned. */
  readonly system?: string | undefined;
  /** Milliseconds after which trying again makes sense. */
  readonly retryAfterMs?: number | undefined;
  /** CODE_CONFLICT: only copies have the code here, so an original elsewhere settles it. */
  readonly among?: 'COPY' | undefined;
}

/** A failure fit to show: Chinese message, English beside it, a code from the closed list. */
export class HubError extends Error {
  readonly code: ErrorCode;
  readonly messageEn: string;
  readonly system: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly among: 'COPY' | undefined;

  constructor(code: ErrorCode, detail: ErrorDetail) {
    super(detail.zh, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.name = 'HubError';
    this.code = code;
    this.messageEn = detail.en;
    this.system = detail.system;
    this.retryAfterMs = detail.retryAfterMs;
    this.among = detail.among;
  }

  /** GraphQL reads this: what a client sees beside the message. */
  get extensions(): Record<string, unknown> {
    return {
      code: this.code,
      messageEn: this.messageEn,
      ...(this.system === undefined ? {} : { system: this.system }),
      ...(this.retryAfterMs === undefined ? {} : { retryAfterMs: this.retryAfterMs }),
      ...(this.among === undefined ? {} : { among: this.among }),
    };
  }
}

/** Whether a text is one of the closed codes. */
export function isErrorCode(text: unknown): text is ErrorCode {
  return typeof text === 'string' && Object.hasOwn(errorCodes, text);
}
