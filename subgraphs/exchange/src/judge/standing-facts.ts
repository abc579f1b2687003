/**
 * What stands, as far as the changes of one transaction ask about it: read once for all of them, and then as each of them that is
 * accepted leaves it.
 * @see design/feed.md 3
 */
import { type Facts, type KnownRecord, type Lookup, type WireFields, earlierWanted } from '@hub/schema';
import { type Kysely, sql } from 'kysely';

import { readBody } from '../journal/read-body.ts';
import { recordName } from '../journal/standing.ts';

import type { RecordCode } from './judgement.ts';
import type { Candidate } from './prepare-entry.ts';
import { readPayload } from './read-payload.ts';

/** The facts of one transaction. */
export interface StandingFacts {
  /** For the rules, about one candidate. */
  factsFor(candidate: Candidate): Facts;
  /** Whether an earlier change of its record waits. */
  waits(candidate: Candidate): boolean;
  /** From now on an earlier change of its record waits. */
  noteWaiting(candidate: Candidate): void;
  /** From now on it is what stands. */
  noteStanding(candidate: Candidate): void;
}

/** What is known besides the database. */
export interface FactsScope {
  readonly system: string;
  /** True: all changes of these records that wait are among the candidates. */
  readonly release: boolean;
}

/** Records with one code that rules are told of at the most. */
const mostKnown = 1_000;

/** Reads what the candidates ask for, in two statements at the most. */
export async function readFacts(
  db: Kysely<unknown>,
  candidates: readonly Candidate[],
  { system, release }: FactsScope,
): Promise<StandingFacts> {
  const records = await readRecords(db, system, candidates);
  const found = await readCodes(db, system, candidates);
  const waiting = new Set(release ? [] : records.filter(({ waits }) => waits).map(recordName));
  const earlier = new Map(records.map((record) => [recordName(record), record.fields]));
  const local = new Map<string, { readonly fields: WireFields; readonly codes: readonly RecordCode[] }>();
  const localByCode = new Map<string, Set<string>>();

  const known = ({ dataset, field, value, scope }: Lookup): readonly KnownRecord[] => {
    const stored = (found.get(codeName(dataset, field, value)) ?? []).filter(
      (record) => (scope === 'PROVINCE' || record.system === system) && (record.system !== system || !local.has(recordName(record))),
    );
    const fresh = [...(localByCode.get(codeName(dataset, field, value)) ?? [])].flatMap((name) => {
      const record = local.get(name);
      const held = record?.codes.some((code) => code.field === field && code.value === value) ?? false;
      return record !== undefined && held ? [{ system, dataset, key: name.slice(dataset.length + 1), fields: record.fields }] : [];
    });
    return [...stored, ...fresh];
  };
  return {
    factsFor: ({ entry }) => ({ known, earlier: earlier.get(recordName(entry)) }),
    waits: ({ entry }) => waiting.has(recordName(entry)),
    noteWaiting: ({ entry }) => void waiting.add(recordName(entry)),
    noteStanding({ entry, record: { fields }, codes }) {
      const name = recordName(entry);
      earlier.set(name, entry.op === 'put' ? fields : undefined);
      local.set(name, { fields, codes });
      for (const { field, value } of codes) {
        const place = codeName(entry.dataset, field, value);
        localByCode.set(place, (localByCode.get(place) ?? new Set()).add(name));
      }
    },
  };
}

interface StandingRecord {
  readonly dataset: string;
  readonly key: string;
  readonly waits: boolean;
  readonly fields: WireFields | undefined;
}

async function readRecords(db: Kysely<unknown>, system: string, candidates: readonly Candidate[]): Promise<readonly StandingRecord[]> {
  const asked = new Map(
    candidates.map(({ entry, rules }) => [recordName(entry), { dataset: entry.dataset, key: entry.key, whole: earlierWanted(rules) }]),
  );
  if (asked.size === 0) return [];
  const rows = await sql<{ dataset: string; key: string; waits: boolean; body: string | null }>`
    select r.dataset, r.key, r.waiting > 0 as waits, case when g.whole and r.op = 'put' then c.body end as body
    from jsonb_to_recordset(${JSON.stringify([...asked.values()])}::jsonb) as g(dataset text, key text, whole boolean)
    join record r on r.system = ${system} and r.dataset = g.dataset and r.key = g.key
    left join change c on c.id = r.change and g.whole`.execute(db);
  return rows.rows.map(({ dataset, key, waits, body }) => ({ dataset, key, waits, fields: fieldsOf(body) }));
}

async function readCodes(
  db: Kysely<unknown>,
  system: string,
  candidates: readonly Candidate[],
): Promise<ReadonlyMap<string, readonly KnownRecord[]>> {
  const asked = new Map<string, { dataset: string; field: string; value: string; whole: boolean; within: string | null }>();
  for (const { dataset, field, value, want, scope } of candidates.flatMap(({ lookups }) => lookups)) {
    const name = codeName(dataset, field, value);
    const before = asked.get(name);
    const everywhere = scope === 'PROVINCE' || before?.within === null;
    asked.set(name, { dataset, field, value, whole: want === 'records' || before?.whole === true, within: everywhere ? null : system });
  }
  if (asked.size === 0) return new Map();
  const rows = await sql<{ dataset: string; field: string; value: string; system: string; key: string; body: string | null }>`
    select g.dataset, g.field, g.value, c.system, c.key, stands.body
    from jsonb_to_recordset(${JSON.stringify([...asked.values()])}::jsonb) as g(dataset text, field text, value text, whole boolean, within text)
    cross join lateral (
      select code.system, code.key from code
      where code.dataset = g.dataset and code.field = g.field and code.value = g.value and (g.within is null or code.system = g.within)
      limit ${mostKnown}
    ) c
    left join lateral (
      select change.body from record join change on change.id = record.change
      where g.whole and record.system = c.system and record.dataset = g.dataset and record.key = c.key
    ) stands on true`.execute(db);
  return Map.groupBy(
    rows.rows.map(({ body, ...row }) => ({ ...row, fields: fieldsOf(body) ?? {} })),
    ({ dataset, field, value }) => codeName(dataset, field, value),
  );
}

function fieldsOf(body: string | null): WireFields | undefined {
  return body === null ? undefined : readPayload(readBody(body));
}

function codeName(dataset: string, field: string, value: string): string {
  return `${dataset} ${field} ${value}`;
}
