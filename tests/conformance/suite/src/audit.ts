/**
 * What an audit is: a permanent id, how binding it is, what it proves and where that is written, and the run that judges.
 * @see README.md «Audits»
 */
import type { Judge } from './judge.ts';
import type { Subject } from './subject/subject.ts';

/** How binding an audit is, as in RFC 2119. */
export type Level = 'MUST' | 'SHOULD' | 'MAY';

/** The same in both languages; Chinese is read first. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** One thing a system is held to. */
export interface Audit {
  /** Permanent, `CURSOR-002`; never reused. */
  readonly id: string;
  readonly level: Level;
  readonly title: Words;
  /** What a pass proves. */
  readonly proves: Words;
  /** Where it is written: `PROTOCOL.md 9`. */
  readonly source: string;
  /** What to do when it fails. */
  readonly remedy: Words;
  /** Tells the judge what holds and what does not; what cannot be asked at all is thrown. */
  readonly run: (subject: Subject, judge: Judge) => Promise<void>;
}

/** One breach: what was asked, what came back, and what should have. */
export interface Fault {
  readonly asked: string;
  readonly answered: string;
  readonly expected: string;
}
