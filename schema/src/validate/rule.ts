/**
 * What a rule is: a permanent id, how severe it is, where it comes from, and a pure search for what breaks it.
 * @see standard/exchange.md 6; design/style.md
 */
import type { CodeLists } from '../codes.ts';
import type { Dataset, WireField } from '../contract.ts';
import { identifierChecks } from '../identifiers/checks.ts';
import type { IdentifierFault } from '../identifiers/fault.ts';
import { type WireFields, type WireRecord, wireItems, wireValue } from '../wire-record.ts';
import { type TypeFault, checkValue } from '../wire-types/check-value.ts';
import { readNotation } from '../wire-types/notation.ts';
import type { Severity } from './violation.ts';
import { type WireUse, wireUses } from './wire-use.ts';

/** Where a record came from. Published records are taken as they are: what they lack cannot be asked for. */
export type SourceKind = 'SYSTEM' | 'PUBLISHED' | 'DEMONSTRATION';

/** A record before the law. */
export interface Judged {
  readonly dataset: Dataset;
  readonly record: WireRecord;
  readonly codes: CodeLists;
  readonly sourceKind: SourceKind;
  /** The uses whose field was sent and is not blank. */
  readonly sent: readonly SentUse[];
  /** Those of them with a text that breaks its type, and with one that breaks its identifier's rule: of most records none. */
  readonly mistyped: readonly SentUse[];
  readonly misidentified: readonly SentUse[];
  /** The other uses. */
  readonly absent: readonly WireUse[];
}

/** One breach. Messages say what is expected and never quote what was sent. */
export interface Finding {
  readonly field: string;
  readonly severity: Severity;
  readonly zh: string;
  readonly en: string;
  readonly value?: string;
}

/** One rule of the law. */
export interface Rule {
  readonly id: string;
  /** In words, for the reader of the list: when it refuses and when it warns. */
  readonly policy: string;
  readonly source: string;
  /** Whether a withdrawal, which brings only its key, is judged by it too. */
  readonly judgesWithdrawals: boolean;
  /** What it finds follows from what a value says, not from its form: told of a hidden field, it tells of the value. */
  readonly tellsValue?: true;
  readonly find: (judged: Judged) => readonly Finding[];
}

/**
 * @returns How the absence of a required field is judged. What the nation requires: a refusal, or a warning for a published
 * record. What one province added: nothing, for it binds that province only; in a dataset that is the province's as a whole,
 * a warning for a record that was sent.
 */
export function severityOfAbsence({ dataset, sourceKind }: Judged, { national }: WireField): Severity | undefined {
  const sent = sourceKind !== 'PUBLISHED';
  if (national) return sent ? 'refusal' : 'warning';
  return sent && !dataset.national ? 'warning' : undefined;
}

/** A wire field in use, and the texts it brought: the items of a list, or the one value; never blank. */
export interface SentUse extends WireUse {
  readonly texts: readonly string[];
  /** What its type does not allow, item by item. */
  readonly faults: readonly TypeBreach[];
  /** What its identifier's rule does not allow, item by item. */
  readonly identifierFaults: readonly IdentifierBreach[];
}

/** A text that breaks the sheet's notation of its field. */
interface TypeBreach {
  readonly fault: TypeFault;
  readonly text: string;
}

/** A text that breaks the rule of its field's identifier. */
interface IdentifierBreach {
  readonly fault: IdentifierFault;
  readonly text: string;
}

/** What a record sends, and does not: read once for all rules. */
export type Sent = Pick<Judged, 'sent' | 'mistyped' | 'misidentified' | 'absent'>;

/** @returns The uses of a dataset, by whether a record sends their field. */
export function sentUses(dataset: Dataset, { fields }: Pick<WireRecord, 'fields'>): Sent {
  const [sent, mistyped, misidentified, absent]: [SentUse[], SentUse[], SentUse[], WireUse[]] = [[], [], [], []];
  for (const use of wireUses(dataset)) {
    const value = wireValue(fields, use.wire.code);
    if (value === undefined) {
      absent.push(use);
      continue;
    }
    const texts = use.wire.multi ? wireItems(value).filter((item) => item !== '') : [value];
    const { wire, field } = use;
    const one = { wire, field, texts, faults: typeFaults(use, texts, fields), identifierFaults: identifierFaults(use, texts) };
    sent.push(one);
    if (one.faults.length > 0) mistyped.push(one);
    if (one.identifierFaults.length > 0) misidentified.push(one);
  }
  return { sent, mistyped, misidentified, absent };
}

const none: readonly never[] = [];

function typeFaults({ wire }: WireUse, texts: readonly string[], fields: WireFields): readonly TypeBreach[] {
  const type = readNotation(wire.type);
  if (type === undefined) return none;
  // An upper length bounds the list as it is sent, blanks included; all else is about each item.
  const whole = type.kind === 'text' && type.exactly === undefined;
  return breaches(whole ? [fields[wire.code] ?? ''] : texts, (text) => checkValue(type, text));
}

function identifierFaults({ wire: { id } }: WireUse, texts: readonly string[]): readonly IdentifierBreach[] {
  const check = id === undefined ? undefined : identifierChecks.get(id);
  return check === undefined ? none : breaches(texts, check);
}

function breaches<Fault>(
  texts: readonly string[],
  check: (text: string) => Fault | undefined,
): readonly { readonly fault: Fault; readonly text: string }[] {
  let found: { readonly fault: Fault; readonly text: string }[] | undefined;
  for (const text of texts) {
    const fault = check(text);
    if (fault !== undefined) (found ??= []).push({ fault, text });
  }
  return found ?? none;
}
