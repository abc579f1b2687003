/**
 * Puts the dirt on: at most one kind a record, besides what runs through its whole project.
 * @see design/architecture.md «Layout»
 */
import type { ProjectPlan } from '../plan-project.ts';
import { randomFrom } from '../random.ts';
import { wrongCheck } from './codes.ts';
import type { DemoFields, DirtRule } from './dirt-rule.ts';
import { type DirtKind, dirtRules, widespreadDirt } from './dirt-table.ts';

/** A record as it will be sent, and what is wrong with it on purpose. */
export interface Spoilt {
  readonly fields: DemoFields;
  readonly dirt: readonly DirtKind[];
  readonly keyless: boolean;
  /** Sent a second time under another key. */
  readonly twin: boolean;
}

/** Spoils single records of one project. */
export type Spoiler = (dataset: string, fields: DemoFields, ordinal: number) => Spoilt;

/** @param seed - Decides, with the project, what is spoilt. */
export function spoilerOf(project: ProjectPlan, seed: string): Spoiler {
  const replacements = widespread(project, seed);
  return (dataset, fields, ordinal) => {
    const wide = replacements.filter((item) => concerns(fields, item));
    const changed = wide.reduce((rest, { from, to }) => replaceAll(rest, from, to), fields);
    const kinds: readonly DirtKind[] = wide.filter((item) => item.on === dataset).map((item) => item.kind);
    const random = randomFrom(`${seed}/${project.code}/dirt/${ordinal}`);
    const hit = pickRule(dataset, changed, random.next());
    if (hit === undefined) return { fields: changed, dirt: kinds, keyless: false, twin: false };
    const [kind, rule] = hit;
    return {
      fields: rule.spoil(changed, random),
      dirt: [...kinds, kind],
      keyless: rule.keyless === true,
      twin: rule.twin === true,
    };
  };
}

interface Replacement {
  readonly kind: DirtKind;
  readonly on: string;
  readonly from: string;
  readonly to: string;
}

function widespread(project: ProjectPlan, seed: string): readonly Replacement[] {
  const random = randomFrom(`${seed}/${project.code}/dirt`);
  const { lowerCaseProject, wrongDealCheck } = widespreadDirt;
  const lower = random.chance(lowerCaseProject.share)
    ? [{ kind: 'lowerCaseProject', on: lowerCaseProject.on, from: project.code, to: project.code.toLowerCase() } as const]
    : [];
  const wrong = project.tenders
    .flatMap((tender) => tender.lots)
    .filter(() => random.chance(wrongDealCheck.share))
    .map((lot) => ({ kind: 'wrongDealCheck', on: wrongDealCheck.on, from: lot.dealCode, to: wrongCheck(lot.dealCode) }) as const);
  return [...lower, ...wrong];
}

function pickRule(dataset: string, fields: DemoFields, chance: number): (typeof dirtRules)[number] | undefined {
  let reached = 0;
  return dirtRules.find(([, rule]) => {
    if (!isOn(rule, dataset) || rule.applies?.(fields) === false) return false;
    reached += rule.share;
    return chance < reached;
  });
}

function isOn(rule: DirtRule, dataset: string): boolean {
  return rule.on.some((code) => code === dataset);
}

function concerns(fields: DemoFields, { from }: Replacement): boolean {
  return Object.values(fields).some((value) => value.includes(from));
}

function replaceAll(fields: DemoFields, from: string, to: string): DemoFields {
  return Object.fromEntries(Object.entries(fields).map(([code, value]) => [code, value.replaceAll(from, to)]));
}
