/**
 * What the supervisor of several gateway processes and a worker say to each other: an order and connections down, reports up, one
 * word at the end.
 */
import { errorCodes, HubError, isErrorCode } from '@hub/schema';
import { z } from 'zod';

/** What all workers of a gateway are given alike. */
export interface WorkerOrder {
  /** The supervisor's. */
  readonly port: number;
  /** One for all, so that each reads the cursors of the others and of those before it. */
  readonly cursorKey: string;
  /** What else whoever opens the gateway needs. */
  readonly behind?: unknown;
}

/** The first thing a worker is told. */
export const orderMessage = z.object({ kind: z.literal('open'), port: z.number(), cursorKey: z.string(), behind: z.unknown().optional() });
/** Comes with a connection. */
export const connectionWord = 'connection';
/** Answer what you have and end. */
export const drainWord = 'drain';
/** End. */
export const stopWord = 'stop';

/** What a worker tells. */
export const workerReport = z.discriminatedUnion('kind', [
  /** It hears orders from now on. */
  z.object({ kind: z.literal('listens') }),
  z.object({ kind: z.literal('ready') }),
  /** It has the connection that it was sent. */
  z.object({ kind: z.literal('took') }),
  z.object({ kind: z.literal('failed'), code: z.enum(Object.keys(errorCodes).filter(isErrorCode)), zh: z.string(), en: z.string() }),
]);

export type WorkerReport = z.output<typeof workerReport>;

/** @returns Why a worker could not open, in words for the supervisor to pass on. */
export function failureReport(cause: unknown): WorkerReport {
  if (cause instanceof HubError) return { kind: 'failed', code: cause.code, zh: cause.message, en: cause.messageEn };
  const said = (cause instanceof Error ? cause.message : String(cause)).trim().replace(/[.。]+$/, '');
  return { kind: 'failed', code: 'INTERNAL', zh: `内部错误：${said}。`, en: `Internal fault: ${said}.` };
}
