/**
 * What judges an SDL before it is published.
 */
import type { Finding } from './finding.ts';

/** What is to be published. */
export interface Submission {
  readonly text: string;
  /** Digest of the text, hex. */
  readonly sha256: string;
  /** Contracts it is to serve. */
  readonly contracts: readonly string[];
  /** The law to compare with; absent: that of this program. */
  readonly law?: JudgedLaw | undefined;
  /** Who signed: one's texts wait behind each other. */
  readonly by?: string;
}

/** What is in force. */
export interface JudgedLaw {
  /** Digest of the law as people wrote it. */
  readonly law: string;
  readonly contracts: readonly { readonly name: string; readonly sdl: string }[];
}

/** What the checks said. */
export interface Judged {
  /** Whether there is no refusal among the findings. */
  readonly passed: boolean;
  readonly findings: readonly Finding[];
  readonly durationMs: number;
}

/** Runs all checks; never throws for what is in the text. */
export type Judge = (submission: Submission) => Promise<Judged>;
