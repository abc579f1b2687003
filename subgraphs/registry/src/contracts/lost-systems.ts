/**
 * Which systems a release would lose: what they serve no longer fits what they would be asked.
 * @see README «Changes of contracts»
 */
import { type DefinitionNode, parse } from 'graphql';

import { type Element, elementsOf } from '../checks/elements.ts';
import type { FoundChange } from './change.ts';
import { pairsOf, sideBySide } from './find-changes.ts';
import { type Elements, holdersOf } from './release-elements.ts';
import type { ReleaseTexts } from './release-texts.ts';
import { isAsStrict } from './strictness.ts';

/** A published system, with what it serves. */
export interface ServingSystem {
  readonly code: string;
  readonly contracts: readonly string[];
  /** Digest of the SDL in force; systems of one program serve the same. */
  readonly sha256: string;
}

/** All systems, and the texts they serve by digest. */
export interface Serving {
  readonly systems: readonly ServingSystem[];
  readonly sdls: ReadonlyMap<string, string>;
}

/** An element that systems are asked for otherwise than before. */
interface Asked {
  readonly element: Element;
  readonly isInput: boolean;
  readonly isNew: boolean;
  /** Contracts that ask for it. */
  readonly by: readonly string[];
}

const shown = 3;

/**
 * @returns `SYSTEM_LOST` for a system at which queries that work would fail, `SYSTEM_BEHIND` for one that does not serve what is
 * new: it is missing only where that is asked for.
 */
export function lostSystems(
  { systems, sdls }: Serving,
  { before, after }: { readonly before: ReleaseTexts; readonly after: ReleaseTexts },
): readonly FoundChange[] {
  const asked = askedOtherwise(before, after);
  if (asked.length === 0) return [];
  const types = new Set(asked.map(({ element }) => typeOf(element)));
  const read = new Map([...sdls].map(([sha256, sdl]) => [sha256, elementsAmong(sdl, types)]));
  return systems.flatMap((system) => {
    const sent = read.get(system.sha256);
    if (sent === undefined) return [];
    const wanted = asked.filter(({ by }) => by.some((contract) => system.contracts.includes(contract)));
    const unfit = wanted.filter(({ element, isInput, isNew }) => !isNew && !serves(sent.get(element.name), element, isInput));
    if (unfit.length > 0) return [lost(system, unfit)];
    const behind = wanted.filter(({ element, isNew }) => isNew && !sent.has(element.name));
    return behind.length > 0 ? [late(system, behind)] : [];
  });
}

/** @returns What a text says of some types: it is large, and little of it is looked at. */
function elementsAmong(sdl: string, types: ReadonlySet<string>): Elements {
  const { definitions, kind } = parse(sdl, { noLocation: true });
  const nameOf = (node: DefinitionNode): string => ('name' in node ? (node.name?.value ?? '') : '');
  return elementsOf({ kind, definitions: definitions.filter((node) => types.has(nameOf(node))) });
}

function typeOf({ name }: Element): string {
  return name.split('.', 1)[0] ?? name;
}

function askedOtherwise(before: ReleaseTexts, after: ReleaseTexts): readonly Asked[] {
  const releases = sideBySide(before, after);
  return pairsOf(releases).flatMap(({ before: was, after: is }): readonly Asked[] => {
    if (is === undefined || (was !== undefined && hard(was) === hard(is))) return [];
    const isInput = is.kind === 'ARGUMENT' || releases.after.get(is.parent ?? '')?.type === 'input';
    return [{ element: is, isInput, isNew: was === undefined, by: holdersOf(is.name, after) }];
  });
}

/** What a query can fail by. */
function hard({ type, among, directives }: Element): string {
  return JSON.stringify([type, among, directives.get('key') ?? []]);
}

function serves(sent: Element | undefined, asked: Element, isInput: boolean): boolean {
  // What was missing before the change is nothing that the change loses.
  if (sent === undefined || hard(sent) === hard(asked)) return true;
  if (sent.kind === 'TYPE') return false;
  return isInput ? isAsStrict(asked.type, sent.type) : isAsStrict(sent.type, asked.type);
}

function lost({ code }: ServingSystem, unfit: readonly Asked[]): FoundChange {
  return {
    ...place,
    code: 'SYSTEM_LOST',
    severity: 'BREAKING',
    element: code,
    system: code,
    messageZh: `系统 ${code} 现行的 SDL 与新契约有 ${unfit.length} 处不合（${named(unfit)}）：生效后，它会在原有的查询里缺席。`,
    messageEn: `What ${code} serves does not fit in ${unfit.length} places (${named(unfit)}): it would be missing in operations that work now.`,
    remedyZh: '请该系统先照新契约发布，再提出；确需先生效的，请第二个人批准。',
    remedyEn: 'Let it publish what fits first; else a second person approves.',
  };
}

function late({ code }: ServingSystem, behind: readonly Asked[]): FoundChange {
  return {
    ...place,
    code: 'SYSTEM_BEHIND',
    severity: 'DANGEROUS',
    element: code,
    system: code,
    messageZh: `系统 ${code} 还没有提供新增的 ${behind.length} 处（${named(behind)}）：查询到它们时，它会缺席。`,
    messageEn: `${code} does not serve ${behind.length} new elements (${named(behind)}): it is missing where they are asked for.`,
    remedyZh: '请该系统照新契约发布。',
    remedyEn: 'Let it publish what the new contract asks for.',
  };
}

const place = { contract: null, line: 1, column: 1, coordinates: [] } as const;

function named(asked: readonly Asked[]): string {
  const names = asked.slice(0, shown).map(({ element }) => element.name);
  return `${names.join('、')}${asked.length > shown ? '…' : ''}`;
}
