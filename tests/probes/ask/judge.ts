/**
 * What the law says of an answer: what may be in it for this caller at this time, and whether the question should have been
 * refused.
 * @see design/graph.md «Who sees what», «Errors»
 */
import { at } from '../../support/parse-json.ts';
import { levels } from '../../support/query/law-schema.ts';
import { type SecretIndex, secretsIn } from '../plant/search.ts';
import { mayRead } from '../plant/secret.ts';
import type { Caller } from './callers.ts';
import type { Probe } from './probe.ts';
import { type Answered, errorCodesIn, parsed } from './send.ts';

/** One question as it was asked. */
export interface Asked {
  readonly caller: Caller;
  readonly nowMs: number;
  readonly index: SecretIndex;
  readonly answer: Answered;
}

/** What came of it. */
export interface Verdict {
  /** Where the secrets were planted that this caller was told and may not know. */
  readonly leaks: readonly string[];
  /** How the answer differs from what the law says; undefined when it does not. */
  readonly wrong: string | undefined;
  /** How many secrets it was told. */
  readonly told: number;
}

/** What no answer may hold, for it tells how the hub is made. */
const innards =
  /\bat [^\n]{0,80}\.(?:ts|js|mjs|cjs):\d+|node_modules|\bselect\s.{0,80}\sfrom\s|PostgresError|violates|invalid input syntax|hub_now|\bi_[a-z]+_/i;

/** Cursors and ids: sealed or encoded, they may look like anything by chance. */
const opaque = /"[\w-]{40,}"/g;

/** @returns What a text tells of how the hub is made; undefined when it tells nothing. */
export function innardsIn(text: string): string | undefined {
  return innards.exec(text.replaceAll(opaque, '""'))?.[0];
}

/** @returns The verdict on one answer. */
export function judge(probe: Probe, asked: Asked): Verdict {
  const { caller, nowMs, index, answer } = asked;
  const found = secretsIn(answer, index);
  const level = caller.level ?? 'PUBLIC';
  const leaked = found.filter((secrets) => !secrets.some((secret) => mayRead(secret, level, nowMs)));
  return { leaks: leaked.flatMap(([secret]) => secret?.at ?? []), wrong: faultOf(probe, asked), told: found.length };
}

function faultOf({ needs }: Probe, { caller, answer }: Asked): string | undefined {
  const codes = errorCodesIn(answer).join();
  if (innardsIn(answer.text) !== undefined) return 'the answer tells how the hub is made';
  if (caller.level === undefined)
    return isRefusal(answer, 401) && codes === 'UNAUTHENTICATED' ? undefined : `no refusal of the token: ${codes}`;
  if (needs === undefined) return codes.includes('INTERNAL') || codes.includes('SYSTEM') ? `a fault: ${codes}` : undefined;
  if (levels.indexOf(needs) <= levels.indexOf(caller.level))
    return codes === '' && answer.status === 200 ? undefined : `no answer: ${codes}`;
  return isRefusal(answer, 403) && codes === 'FORBIDDEN' ? undefined : `no refusal: ${answer.status} ${codes}`;
}

function isRefusal({ status, text }: Answered, expected: number): boolean {
  const data = at(parsed(text), 'data');
  return status === expected && (data === undefined || data === null);
}
