/**
 * Everything that differs between two releases as clients feel it: pure, in linear time, the gravest first.
 * @see README «Changes of contracts»
 */
import type { Element } from '../checks/elements.ts';
import { type ChangeSeverity, type FoundChange, keepIt, nothingToDo, type Pair, type Releases, type Told } from './change.ts';
import { changes } from './changes.ts';
import { placesIn } from './places.ts';
import { elementsTogether } from './release-elements.ts';
import type { ReleasedContract, ReleaseTexts } from './release-texts.ts';
import { namedIn } from './strictness.ts';

const gravity: Readonly<Record<ChangeSeverity, number>> = { BREAKING: 0, DANGEROUS: 1, SAFE: 2 };

/** @returns All changes; none when both serve the same. */
export function findChanges(before: ReleaseTexts, after: ReleaseTexts): readonly FoundChange[] {
  const releases = sideBySide(before, after);
  const [newPlace, oldPlace] = [placesIn(after), placesIn(before)];
  const told = [...contractChanges(before, after), ...pairsOf(releases).flatMap((pair) => changes.flatMap((rule) => rule(pair, releases)))];
  return told
    .map(({ zh, en, ...rest }): FoundChange => {
      const { element } = rest;
      const [type = element] = element.split(/[./(]/, 1);
      // What is gone stands in the old text alone: there is told whose it was, and where its type is now.
      const place = newPlace(element) ?? newPlace(type);
      const contract = contractNamed(element, after) ?? contractNamed(element, before) ?? (place ?? oldPlace(element))?.contract ?? null;
      const { line, column } = place ?? { line: 1, column: 1 };
      return { ...rest, contract, line, column, messageZh: zh, messageEn: en, system: null };
    })
    .toSorted(
      (a, b) => gravity[a.severity] - gravity[b.severity] || compare(a.contract ?? '', b.contract ?? '') || compare(a.element, b.element),
    );
}

function contractNamed(element: string, { contracts }: ReleaseTexts): string | undefined {
  return contracts.find(({ name }) => name === element)?.name;
}

/** @returns Both releases, and where their types stand. */
export function sideBySide(before: ReleaseTexts, after: ReleaseTexts): Releases {
  const [old, next] = [before, after].map(({ contracts }) => elementsTogether(contracts.map(({ sdl }) => sdl)));
  const [answered, given] = [new Set<string>(), new Set<string>()];
  for (const { kind, type, parent } of old?.values() ?? []) {
    if (kind === 'ARGUMENT' || (kind === 'FIELD' && old?.get(parent ?? '')?.type === 'input')) given.add(namedIn(type));
    else if (kind === 'FIELD') answered.add(namedIn(type));
  }
  return { before: old ?? new Map<string, Element>(), after: next ?? new Map<string, Element>(), answered, given };
}

/** @returns Every element of either; of what comes or goes as a whole, only the whole. */
export function pairsOf({ before, after }: Releases): readonly Pair[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].flatMap((name): readonly Pair[] => {
    const pair = { before: before.get(name), after: after.get(name) };
    const { parent } = pair.before ?? pair.after ?? {};
    return parent === undefined || (before.has(parent) && after.has(parent)) ? [pair] : [];
  });
}

/** `CONTRACT_REMOVED`, `CONTRACT_ADDED`, `CONTRACT_PARTITION_CHANGED`, `CONTRACT_VERSION_CHANGED`. */
function contractChanges(before: ReleaseTexts, after: ReleaseTexts): readonly Told[] {
  const names = [...new Set([...before.contracts, ...after.contracts].map(({ name }) => name))].toSorted(compare);
  const byName = ({ contracts }: ReleaseTexts, wanted: string): ReleasedContract | undefined =>
    contracts.find(({ name }) => name === wanted);
  return names.flatMap((element) => contractChange(element, byName(before, element), byName(after, element)));
}

function contractChange(element: string, was: ReleasedContract | undefined, is: ReleasedContract | undefined): readonly Told[] {
  const none = { element, coordinates: [] } as const;
  if (is === undefined) {
    const words = { zh: `取消契约 ${element}；没有系统再为它作答。`, en: `The contract ${element} goes; no system answers it any more.` };
    // Whoever uses it feels it at each root field, which are told one by one.
    return [{ ...none, code: 'CONTRACT_REMOVED', severity: 'BREAKING', ...words, ...keepIt }];
  }
  if (was === undefined) {
    const words = { zh: `新增契约 ${element}（${is.title}）。`, en: `The contract ${element} is new.` };
    return [{ ...none, code: 'CONTRACT_ADDED', severity: 'SAFE', ...words, ...nothingToDo }];
  }
  if (was.partitioned !== is.partitioned) {
    const words = {
      zh: `契约 ${element} ${is.partitioned ? '改为由各系统分持' : '改为只由一个系统持有'}。`,
      en: `The contract ${element} ${is.partitioned ? 'is cut over all systems' : 'is held by one system'} from now on.`,
    };
    return [{ ...none, code: 'CONTRACT_PARTITION_CHANGED', severity: 'DANGEROUS', ...words, ...keepIt }];
  }
  if (was.version === is.version && was.edition === is.edition) return [];
  const words = {
    zh: `契约 ${element} 由 ${was.version}（${was.edition}）到 ${is.version}（${is.edition}）。`,
    en: `The contract ${element} was ${was.version} (${was.edition}) and is ${is.version} (${is.edition}).`,
  };
  return [{ ...none, code: 'CONTRACT_VERSION_CHANGED', severity: 'SAFE', ...words, ...nothingToDo }];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
