/**
 * The endpoint under audit: one question at a time, each with a deadline, all of them within a budget.
 * @see schema/PROTOCOL.md 9
 */
import { type Answer, type AnswerError, type Question, faultOf, readAnswer } from './answer.ts';
import type { Fault } from '../audit.ts';
import { isObject } from './json-value.ts';
import { type Signer, signatureHeader } from './signer.ts';

/** Nobody took the question, or nobody answered it in time. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly fault: Fault;

  constructor(fault: Fault, cause: unknown) {
    super(fault.answered, { cause });
    this.fault = fault;
  }
}

/** A question that every system must answer was refused. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(fault.answered);
    this.fault = fault;
  }
}

/** As many questions were asked as were allowed. */
export class BudgetSpent extends Error {
  override readonly name = 'BudgetSpent';
}

/** Questions asked so far, and how many may be. */
export interface Budget {
  asked: number;
  readonly most: number;
}

/** How an endpoint is asked. */
export interface EndpointOptions {
  readonly url: string;
  readonly signer: Signer | undefined;
  /** Shared by all that one run asks. */
  readonly budget: Budget;
  /** Time for one answer, ms. */
  readonly questionMs: number;
}

/** Distinct error texts kept for the audits that look at all of them. */
const mostErrors = 500;

/** One endpoint, asked over HTTP. */
export class Endpoint {
  readonly #options: EndpointOptions;
  readonly #errors = new Map<string, { readonly question: string; readonly error: AnswerError }>();
  #signal: AbortSignal | undefined;

  constructor(options: EndpointOptions) {
    this.#options = options;
  }

  get url(): string {
    return this.#options.url;
  }

  get signer(): Signer | undefined {
    return this.#options.signer;
  }

  /** Every distinct error that any answer had, with the question it came to. */
  get errorsSeen(): readonly { readonly question: string; readonly error: AnswerError }[] {
    return [...this.#errors.values()];
  }

  /** Questions from now on end when this is aborted. */
  until(signal: AbortSignal): void {
    this.#signal = signal;
  }

  /** @returns The answer, whatever it says. @throws NoAnswer, BudgetSpent */
  async ask(question: Question): Promise<Answer> {
    const answer = await this.post(JSON.stringify({ query: question.query, variables: question.variables ?? {} }));
    for (const error of answer.errors) {
      const key = `${String(error.code)} ${error.message}`;
      if (this.#errors.size < mostErrors && !this.#errors.has(key)) this.#errors.set(key, { question: question.query, error });
    }
    return answer;
  }

  /** @returns The data of an answer without errors. @throws Unanswered when there is none; NoAnswer, BudgetSpent */
  async data(question: Question): Promise<Readonly<Record<string, unknown>>> {
    const answer = await this.ask(question);
    if (isObject(answer.data) && answer.errors.length === 0) return answer.data;
    throw new Unanswered(faultOf(question, answer, '数据，没有错误  data and no errors'));
  }

  /**
   * Sends any body.
   * @param signature - Value of `hub-signature`; undefined: made by the signer; null: none is sent.
   * @throws NoAnswer, BudgetSpent
   */
  async post(body: string, signature?: string | null): Promise<Answer> {
    const { url, signer, budget, questionMs } = this.#options;
    if (budget.asked >= budget.most) throw new BudgetSpent();
    budget.asked++;
    const signed = signature === undefined ? await signer?.(body) : signature;
    const startedMs = performance.now();
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          ...(signed === undefined || signed === null ? {} : { [signatureHeader]: signed }),
        },
        body,
        // What redirects is another endpoint.
        redirect: 'manual',
        signal: AbortSignal.any([AbortSignal.timeout(questionMs), ...(this.#signal === undefined ? [] : [this.#signal])]),
      });
      const text = await response.text();
      return readAnswer({
        status: response.status,
        contentType: response.headers.get('content-type') ?? '',
        text,
        ms: performance.now() - startedMs,
      });
    } catch (cause) {
      const why = reasonOf(cause);
      throw new NoAnswer({ ...faultOf(body, { status: 0, text: why }, '答案  an answer'), answered: why }, cause);
    }
  }
}

/** Node wraps the reason once or twice. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const code = 'code' in cause && typeof cause.code === 'string' ? `${cause.code} ` : '';
  return cause.cause instanceof Error ? reasonOf(cause.cause) : `${code}${cause.message}`;
}
