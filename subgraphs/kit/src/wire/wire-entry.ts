/**
 * What reading a file of records yields, in the order of the file: records found, and places that cannot be read. Reading
 * goes on after a problem.
 * @see standard/exchange.md 3
 */
import type { WireRecord } from '@hub/schema';

/** A record and the message it came in. */
export interface WireFound {
  /** Line of the file, from 1, on which the message begins. */
  readonly line: number;
  readonly record: WireRecord;
  /** Line of each field; a JSON message has them all on its own. */
  readonly fieldLines: Readonly<Record<string, number>>;
  /** The message as it came, decoded. */
  readonly message: { readonly format: 'xml' | 'json'; readonly body: string };
}

/** A message, or a stretch between messages, that cannot be read. */
export interface WireProblem {
  /** Line of the file, from 1, on which it shows. */
  readonly line: number;
  readonly problem: Reason;
  /** It is about the file as a whole: no message is lost by it that is not told on its own. */
  readonly ofFile?: true;
}

/** Why: what is wrong and what to do, never quoting values. */
export interface Reason {
  readonly zh: string;
  readonly en: string;
}

/** What stands in a file: a record, or why there is none. */
export type WireEntry = WireFound | WireProblem;
