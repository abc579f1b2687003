/**
 * The wire form of planted records: values that may be read by everybody are plain, all others are marks.
 * @see design/graph.md «Who sees what»
 */
import { type CodeLists, type Dataset, type Field, type Milestone, type WireField, readNotation } from '@hub/schema';

import { type Marked, markMaker, personNumber } from './marks.ts';
import type { Reader, Secret } from './secret.ts';

/** What a record is about, and how its secrets are numbered. */
export interface Subject {
  readonly system: string;
  readonly codes: CodeLists;
  /** Where it stands in the story. */
  readonly at: string;
  /** Codes that a field has in common with other records, or the number of the secret that it has; undefined for other fields. */
  readonly codesOf: (field: Field, readable: Pick<Secret, 'reader' | 'fromMs'>) => readonly string[] | number | undefined;
  /** The code of the company among the parties. */
  readonly company: string;
  /** Wire fields that are given. */
  readonly told: Readonly<Record<string, string>>;
  /** Times that the story tells, as wire values by graph field; a field in here without a value stays absent. */
  readonly times: Readonly<Record<string, string | undefined>>;
  /** When seals of the record or its fields end. */
  readonly fromMs: (until: Milestone) => number;
  /** Whether codes that are hidden are real, so that relations join, and persons stand among the parties. */
  readonly joined: boolean;
  readonly number: (readable: Pick<Secret, 'reader' | 'fromMs'>) => number;
}

/** A record's content and what in it is secret. */
export interface Planted {
  readonly fields: Readonly<Record<string, string>>;
  readonly secrets: readonly Secret[];
}

/**
 * Hidden values that nobody must send are sometimes absent, in another world others: those without a form of their own, for
 * a warning may say that a hidden code is malformed.
 */
const absentOf = 7;
const plainInstant = '20261101090000';
const plainText = '公开内容';
const plainAddress = 'https://trade.example/open';

/** @returns The content of one record. */
export function plantValues(dataset: Dataset, subject: Subject): Planted {
  const fields: Record<string, string> = {};
  const secrets: Secret[] = [];
  for (const field of dataset.fields) {
    for (const wire of field.wire) {
      if (wire.code === '' || field.graphType === 'Record') continue;
      const { value, planted } = wireValue(dataset, { field, wire }, subject);
      if (value === undefined) continue;
      fields[wire.code] = value;
      secrets.push(...planted);
    }
  }
  return { fields, secrets };
}

interface Place {
  readonly field: Field;
  readonly wire: WireField;
}

interface WireValue {
  readonly value: string | undefined;
  readonly planted: readonly Secret[];
}

function wireValue(dataset: Dataset, place: Place, subject: Subject): WireValue {
  const { field, wire } = place;
  const open = (value: string | undefined): WireValue => ({ value, planted: [] });
  const told = subject.told[wire.code];
  if (told !== undefined) return open(told);
  if (field.name in subject.times) return open(subject.times[field.name]);
  const seal = dataset.sealed ?? field.sealed;
  const fromMs = seal === undefined ? 0 : subject.fromMs(seal.until);
  const codes = subject.joined || field.visibility === 'PUBLIC' ? subject.codesOf(field, { reader: field.visibility, fromMs }) : undefined;
  if (typeof codes === 'object') {
    const fitting = codes.map((code) => fit(code, wire.type));
    return open(wire.multi ? fitting.join(';') || undefined : fitting[0]);
  }
  if (field.visibility !== 'PUBLIC' || fromMs > 0) return secretValue(dataset, place, { ...subject, seal: fromMs, shared: codes });
  if (field.graphType === 'Party') return partyValue(dataset, place, subject);
  return open(plainValue(place, subject.codes));
}

/** @returns A code that a field of this type takes; its end tells it from others. */
function fit(code: string, type: string): string {
  const notation = readNotation(type);
  if (notation?.kind !== 'text') return '1';
  const most = notation.exactly ?? notation.atMost ?? code.length;
  return code.slice(-most).padStart(notation.exactly ?? 0, '0');
}

/** Parties that everybody may read: the company the register knows, and a person whose number nobody is told. */
function partyValue(dataset: Dataset, { field, wire }: Place, subject: Subject): WireValue {
  const several = wire.multi && field.list;
  if (wire.part !== 'code') {
    const value = plainValue({ field, wire }, subject.codes);
    return { value: several ? `${value};${value}` : value, planted: [] };
  }
  if (!several && !subject.joined) return { value: subject.company, planted: [] };
  const { value, mark = '' } = personNumber(subject.number({ reader: 'NOBODY', fromMs: 0 }));
  const at = `${dataset.type}.${field.name} (${wire.code}), ${subject.at}, ${subject.system}`;
  return {
    value: several ? `${subject.company};${value}` : value,
    planted: [{ mark, found: 'mark', reader: 'NOBODY', fromMs: 0, at }],
  };
}

function secretValue(
  dataset: Dataset,
  { field, wire }: Place,
  subject: Subject & { readonly seal: number; readonly shared: number | undefined },
): WireValue {
  const { seal: fromMs, at, system, codes, number, shared } = subject;
  const person = wire.part === 'code' && field.graphType === 'Party' && subject.joined;
  const reader: Reader = person ? 'NOBODY' : field.visibility;
  const make = person ? personNumber : markMaker(wire, field.graphType, codes);
  const numbers = Array.from({ length: wire.multi && field.list ? 2 : 1 }, () => shared ?? number({ reader, fromMs }));
  const marked: readonly Marked[] = numbers.map(make);
  const formless = wire.id === undefined && wire.list === undefined;
  if (!wire.required && formless && numbers.some(isAbsent)) return { value: undefined, planted: [] };
  return {
    value: marked.map(({ value }) => value).join(';'),
    planted: marked.flatMap(({ mark, found }) =>
      mark === undefined ? [] : [{ mark, found, reader, fromMs, at: `${dataset.type}.${field.name} (${wire.code}), ${at}, ${system}` }],
    ),
  };
}

/** Not in step with how many fields a record has. */
function isAbsent(number: number): boolean {
  return (Math.imul(number, 0x9e3779b1) >>> 16) % absentOf === 0;
}

function plainValue({ field, wire }: Place, codes: CodeLists): string {
  const { type, list, id } = wire;
  if (field.graphType === 'Boolean') return '1';
  if (field.graphType === 'Direction') return 'PUBLIC_PAYS';
  if (list === 'REGION') return '990100';
  if (list !== undefined) return codes.list(list)?.values[0]?.code ?? '1';
  if (type.startsWith('yyyy')) return plainInstant.slice(0, type.length);
  if (type.startsWith('N')) return '1';
  if (id === 'webAddress') return plainAddress;
  const most = Number(/^C(?:\.\.)?(\d+)$/.exec(type)?.[1] ?? 100);
  return plainText.slice(0, most);
}
