/**
 * Counts the operations this gateway answers, by hour, client and signature, in bounded memory. What there is no room for is
 * counted under `OTHER` with the coordinates it used, so that nothing looks unused because it was not kept.
 * @see README «Decisions»; schema/PROTOCOL.md 12
 */
import { createHash } from 'node:crypto';

import type { Clock } from '@hub/kit/process';
import type { OperationDefinitionNode } from 'graphql';

import { other } from './client-name.ts';
import { coordinatesOf } from './coordinates.ts';
import { addGiven, type TellingVariable, tellingVariables } from './given.ts';
import { type Admitted, signatureOf } from './signature.ts';

/** What is the same for every request with an operation. */
export interface UsedOperation {
  /** Digest of the signature. */
  readonly key: string;
  readonly text: string;
  readonly fields: readonly string[];
  readonly variables: readonly TellingVariable[];
}

/** Requests of one client with one operation in one hour. */
export interface UsageCount {
  readonly hourMs: number;
  readonly client: string;
  readonly operation: UsedOperation;
  /** Coordinates that variables used. */
  readonly given: Set<string>;
  requests: number;
  errors: number;
}

/** One request that was answered. */
export interface Answered {
  readonly client: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The answer has errors. */
  readonly failed: boolean;
}

/** How much is counted apart. */
export interface UsageBounds {
  readonly counts: number;
  /** Characters of the signatures and coordinates of all counts. */
  readonly characters: number;
  /** Hours whose `OTHER` is counted apart. */
  readonly otherHours: number;
}

const usualBounds: UsageBounds = { counts: 5000, characters: 16 * 1024 * 1024, otherHours: 48 };
const hourMs = 3_600_000;
const otherOperation: UsedOperation = { key: other, text: other, fields: [], variables: [] };

/** What was counted since it was last taken. */
export class Usage {
  readonly #clock: Clock;
  readonly #bounds: UsageBounds;
  /** By the operation's node, which the parsed document keeps: worked out once per document. */
  readonly #operations = new WeakMap<OperationDefinitionNode, UsedOperation>();
  readonly #counts = new Map<string, UsageCount>();
  readonly #others = new Map<number, UsageCount>();
  #characters = 0;

  constructor(clock: Clock, bounds: UsageBounds = usualBounds) {
    this.#clock = clock;
    this.#bounds = bounds;
  }

  /**
   * Counts a request; one that asks GraphQL itself only uses nothing and is not counted.
   * @param admitted - Called once for each operation that is parsed.
   */
  count(definition: OperationDefinitionNode, admitted: () => Admitted, { client, variables, failed }: Answered): void {
    const operation = this.#operations.get(definition) ?? this.#read(admitted());
    if (operation.fields.length === 0) return;
    const count = this.#countOf(operation, client);
    count.requests += 1;
    if (failed) count.errors += 1;
    addGiven(operation.variables, variables, count.given);
    if (count.operation === otherOperation) for (const coordinate of operation.fields) count.given.add(coordinate);
  }

  /** Takes what was counted, the oldest first. @param fits - Told of each count; false: it is left for the next time. */
  take(fits: (count: UsageCount) => boolean): readonly UsageCount[] {
    const taken: UsageCount[] = [];
    for (const [key, count] of this.#counts) {
      if (!fits(count)) return taken;
      taken.push(count);
      this.#counts.delete(key);
      this.#characters -= charactersOf(count.operation);
    }
    for (const [key, count] of this.#others) {
      if (!fits(count)) return taken;
      taken.push(count);
      this.#others.delete(key);
    }
    return taken;
  }

  #read(admitted: Admitted): UsedOperation {
    const fields = coordinatesOf(admitted);
    const text = fields.length === 0 ? '' : signatureOf(admitted);
    const key = createHash('sha256').update(text).digest('base64url');
    const operation = { key, text, fields, variables: tellingVariables(admitted.schema, admitted.definition) };
    this.#operations.set(admitted.definition, operation);
    return operation;
  }

  #countOf(operation: UsedOperation, client: string): UsageCount {
    const nowMs = this.#clock.nowMs();
    const startMs = nowMs - (nowMs % hourMs);
    const key = `${startMs} ${operation.key} ${client}`;
    const known = this.#counts.get(key);
    if (known !== undefined) return known;
    const characters = this.#characters + charactersOf(operation);
    if (this.#counts.size >= this.#bounds.counts || characters > this.#bounds.characters) return this.#otherOf(startMs);
    const count = { hourMs: startMs, client, operation, given: new Set<string>(), requests: 0, errors: 0 };
    this.#counts.set(key, count);
    this.#characters = characters;
    return count;
  }

  #otherOf(startMs: number): UsageCount {
    const last = [...this.#others.keys()].at(-1);
    const key = last !== undefined && this.#others.size >= this.#bounds.otherHours ? last : startMs;
    const known = this.#others.get(key);
    if (known !== undefined) return known;
    const count = { hourMs: key, client: other, operation: otherOperation, given: new Set<string>(), requests: 0, errors: 0 };
    this.#others.set(key, count);
    return count;
  }
}

function charactersOf({ text, fields }: UsedOperation): number {
  return text.length + fields.reduce((sum, { length }) => sum + length, 0);
}
