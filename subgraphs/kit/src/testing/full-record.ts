/**
 * A record of any dataset with every wire field filled in, made from the contract: what holds for all datasets is tested on
 * all of them.
 */
import { type CodeLists, type Dataset, type Field, type WireField, readNotation } from '@hub/schema';

import type { Incoming } from '../write/accept-records.ts';

import { put } from './test-records.ts';
import { ownPlatforms } from './test-store.ts';

/** What records of one story share. */
export interface Story {
  readonly codes: CodeLists;
  readonly project: string;
  readonly lot: string;
  /** Wire time of every opening and of every decision. */
  readonly opensAt: string;
  readonly decidedAt: string;
}

/** @returns The record; `fields` replace what would be filled in. */
export function fullRecord(dataset: Dataset, key: string, story: Story & { readonly fields?: Readonly<Record<string, string>> }): Incoming {
  const wires = dataset.fields.flatMap((field) => field.wire.map((wire) => ({ field, wire })));
  const fields: Record<string, string> = {};
  for (const { field, wire } of wires) if (wire.fixed === undefined) fields[wire.code] = valueOf(dataset, story, { field, wire, key });
  return put(dataset.code, key, { ...fields, ...story.fields });
}

function valueOf(
  dataset: Dataset,
  { codes, project, lot, opensAt, decidedAt }: Story,
  { field, wire, key }: { readonly field: Field; readonly wire: WireField; readonly key: string },
): string {
  const [own] = ownPlatforms;
  const fixed: Readonly<Record<string, string | undefined>> = {
    DATA_TIMESTAMP: '20260101000000',
    PLATFORM_CODE: own?.platform,
    TRADE_PLAT: own?.tradePlat,
  };
  const always = fixed[wire.code];
  if (always !== undefined) return always;
  const { deal, notice, sealed, fields } = dataset;
  const seals = [sealed, ...fields.map((one) => one.sealed)];
  if (wire.id === 'bidSectionCode' || [deal?.['lot'], notice?.['lots'], ...seals.map((seal) => seal?.lot)].includes(field.name)) return lot;
  const projects = [deal?.['project'], deal?.['lotIn'], notice?.['project'], notice?.['lotsIn'], ...seals.map((seal) => seal?.lotIn)];
  if (wire.id === 'tenderProjectCode' || projects.includes(field.name)) return project;
  if ([deal?.['opensAt']].flat().includes(field.name)) return timeOf(wire, opensAt);
  if (deal?.['decidedAt'] === field.name) return timeOf(wire, decidedAt);
  if (field.graphType === 'Boolean') return '1';
  const [known] = wire.list === undefined ? [] : (codes.list(wire.list)?.values ?? []);
  return known?.code ?? plainValue(wire, key);
}

/** A day where the sheet wants one. */
function timeOf({ type }: WireField, instant: string): string {
  const notation = readNotation(type);
  return notation?.kind === 'date' ? instant.slice(0, notation.digits) : instant;
}

function plainValue({ type, code, id }: WireField, key: string): string {
  const notation = readNotation(type);
  if (notation?.kind === 'number') return '3';
  if (notation?.kind === 'date') return '20260701080000'.slice(0, notation.digits);
  const text = `${id === 'webAddress' ? 'https://trade.example/' : ''}${key}的${code}`;
  return notation?.exactly === undefined ? text.slice(0, notation?.atMost) : text.padEnd(notation.exactly, '0').slice(0, notation.exactly);
}
