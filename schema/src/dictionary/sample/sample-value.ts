/**
 * A made-up value of one wire field that its type, list and identifier rule allow.
 * @see standard/identifiers.md 13
 */
import type { CodeLists } from '../../codes.ts';
import type { Field, WireField } from '../../contract.ts';
import { hubEnums } from '../../decode/hub-enums.ts';
import { checkValue } from '../../wire-types/check-value.ts';
import { type NumberType, type TextType, readNotation } from '../../wire-types/notation.ts';
import { told } from '../model/told.ts';
import { sampleIdentifiers } from './sample-identifiers.ts';

/** Which value of a list is wanted, and the lists to draw codes from. */
export interface SampleChoice {
  readonly codes: CodeLists;
  /** From 1. */
  readonly place: number;
}

const moment = '20260105093000';
/** In ten thousand yuan as in yuan no sum that a rule doubts. */
const wholes = ['1280', '12', '1'] as const;

/** @returns The value, as it is sent. */
export function sampleValue(field: Field, wire: WireField, { codes, place }: SampleChoice): string {
  const [named] = hubEnums.get(field.graphType) ?? [];
  if (named !== undefined) return named;
  if (field.graphType === 'Boolean') return '1';
  if (wire.list !== undefined) return listed(wire, wire.list, { codes, place });
  const identifier = sampleIdentifiers(wire.id ?? '', place).find((candidate) => fits(wire, candidate));
  if (identifier !== undefined) return identifier;
  const type = readNotation(wire.type);
  if (type?.kind === 'date') return moment.slice(0, type.digits);
  if (type?.kind === 'number') return number(type, field);
  return text(field, wire, { type, place });
}

/** Whether a value is of a wire field's type, in the sheet's own form. */
export function fits(wire: WireField, value: string): boolean {
  const type = readNotation(wire.type);
  return type === undefined || checkValue(type, value) === undefined;
}

/** A code that still holds; where only the upper levels of a list are known, one below them; where nothing is, a digit. */
function listed(wire: WireField, list: string, { codes, place }: SampleChoice): string {
  const known = (codes.list(list)?.values ?? []).filter(({ until }) => until === undefined).map(({ code }) => code);
  const fitting = known.filter((code) => fits(wire, code));
  const chosen = fitting[place - 1] ?? fitting[0];
  if (chosen !== undefined) return chosen;
  const type = readNotation(wire.type);
  const length = type?.kind === 'text' ? (type.exactly ?? 1) : 1;
  return (known[0] ?? '').padEnd(length - 1, '0').padEnd(length, '1');
}

function number({ digits, decimals }: NumberType, { graphType }: Field): string {
  const whole = wholes.find(({ length }) => length <= digits - decimals && (graphType === 'Money' || length <= 2)) ?? '0';
  return decimals === 0 ? whole : `${whole}.5`;
}

function text(
  { description, graphType }: Field,
  { part }: WireField,
  { type, place }: { readonly type: TextType | undefined; readonly place: number },
): string {
  if (type?.exactly !== undefined) return String(place).padStart(type.exactly, '0');
  const { name } = told(description);
  const which = place === 1 ? '' : `（${place}）`;
  const said = graphType === 'Money' ? '详见附件' : `示例${name}${which}`;
  const value = part === 'html' ? `<p>${said}</p>` : said;
  return type?.atMost === undefined || [...value].length <= type.atMost ? value : String(place);
}
