/**
 * Takes down what an audit finds: how much was judged, every breach (the first few in words), and why there was nothing to judge.
 */
import type { Fault, Words } from './audit.ts';
import { shortened } from './ask/shortened.ts';

/** Breaches told in full; the others are counted. */
const mostTold = 5;

/** What one audit has found so far. */
export class Judge {
  #judged = 0;
  #broken = 0;
  readonly #faults: Fault[] = [];
  readonly #nothing: Words[] = [];
  readonly #remarks: Words[] = [];

  /** Counts one thing judged, and takes down the breach when it does not hold. */
  check(holds: boolean, fault: () => Fault): void {
    this.#judged++;
    if (holds) return;
    this.#broken++;
    if (this.#faults.length < mostTold) this.#faults.push(fault());
  }

  /** Judges that an answer is, value by value, what was expected. */
  same(asked: string, { answered, expected }: { readonly answered: unknown; readonly expected: unknown }): void {
    const [got, wanted] = [JSON.stringify(answered), JSON.stringify(expected)];
    this.check(got === wanted, () => ({ asked, answered: differing(got, wanted), expected: differing(wanted, got) }));
  }

  /** Says why something could not be judged. */
  nothing(reason: Words): void {
    if (!this.#nothing.some(({ en }) => en === reason.en)) this.#nothing.push(reason);
  }

  /** A remark for the report: a measurement, a circumstance. */
  remark(words: Words): void {
    this.#remarks.push(words);
  }

  get judged(): number {
    return this.#judged;
  }

  get broken(): number {
    return this.#broken;
  }

  get faults(): readonly Fault[] {
    return this.#faults;
  }

  get reasons(): readonly Words[] {
    return this.#nothing;
  }

  get remarks(): readonly Words[] {
    return this.#remarks;
  }
}

const before = 60;

/** The part of a long text where it begins to differ from another. */
function differing(text = 'undefined', other = 'undefined'): string {
  let place = 0;
  while (place < text.length && text[place] === other[place]) place++;
  const from = Math.max(0, place - before);
  return shortened(`${from > 0 ? '…' : ''}${text.slice(from)}`);
}
