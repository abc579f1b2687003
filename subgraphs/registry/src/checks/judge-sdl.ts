/**
 * Everything that is said of one SDL that can be read: pure, in linear time, all findings at once, in the order of the text.
 */
import { law, serveContracts } from '@hub/schema';
import type { DocumentNode } from 'graphql';

import type { Bench, Fault } from './check.ts';
import { checks } from './checks.ts';
import { elementsOf, type Element } from './elements.ts';
import { type Finding, shortened } from './finding.ts';
import type { JudgedLaw } from './judge.ts';
import { findingAt } from './read-sdl.ts';

/** More would be read by nobody. */
const maxFindings = 500;

type Elements = ReadonlyMap<string, Element>;

/** Sets of contracts whose elements are kept: all contracts together take 50 MB. */
const maxKept = 2;

let prepared: { readonly law: string; readonly known: ReadonlySet<string>; readonly asked: Map<string, Elements> } | undefined;

/** Reads what the contracts ask for, so that judging does not wait for it. Releases are few: the last is kept. */
export function prepare(contracts: readonly string[], given: JudgedLaw = ownLaw()): Pick<Bench, 'asked' | 'known'> {
  const name = contracts.toSorted().join(' ');
  const texts = given.contracts.filter((contract) => contracts.includes(contract.name)).map(({ sdl }) => sdl);
  if (prepared?.law !== given.law) {
    const known = new Set(given.contracts.flatMap(({ sdl }) => [...elementsOf(serveContracts([sdl])).keys()]));
    prepared = { law: given.law, known, asked: new Map() };
  }
  const { known, asked: kept } = prepared;
  const asked = kept.get(name) ?? elementsOf(serveContracts(texts));
  const [oldest] = kept.size >= maxKept && !kept.has(name) ? kept.keys() : [];
  if (oldest !== undefined) kept.delete(oldest);
  kept.set(name, asked);
  return { asked, known };
}

function ownLaw(): JudgedLaw {
  return {
    law: '',
    contracts: law().contracts.map(({ contract, served }) => ({
      name: contract.name,
      sdl: served,
    })),
  };
}

/** @returns All findings; none when the document serves the contracts as they are. */
export function judgeDocument(document: DocumentNode, contracts: readonly string[], given?: JudgedLaw): readonly Finding[] {
  const bench: Bench = { ...prepare(contracts, given), sent: elementsOf(document) };
  const findings = checks.flatMap((check) => check(bench)).map(findingOf);
  const sorted = findings.toSorted(
    (a, b) => severityOf(a) - severityOf(b) || a.line - b.line || a.column - b.column || (a.element < b.element ? -1 : 1),
  );
  if (sorted.length <= maxFindings) return sorted;
  const rest = sorted.length - maxFindings;
  const cut = findingAt('FINDINGS_CUT', [1, 1], { zh: `另有 ${rest} 处问题未列出。`, en: `${rest} more findings are not told.` });
  const severity = sorted.some((finding) => finding.severity === 'REFUSAL') ? 'REFUSAL' : 'WARNING';
  return [...sorted.slice(0, maxFindings), { ...cut, severity }];
}

function findingOf({ code, severity, element, at, zh, en, remedyZh, remedyEn }: Fault): Finding {
  const { line = 1, column = 1 } = at?.node?.loc?.startToken ?? {};
  const [name = '', messageZh = '', messageEn = '', shownZh = '', shownEn = ''] = [element, zh, en, remedyZh, remedyEn].map(shortened);
  return { code, severity, element: name, line, column, messageZh, messageEn, remedyZh: shownZh, remedyEn: shownEn };
}

function severityOf({ severity }: Finding): number {
  return severity === 'REFUSAL' ? 0 : 1;
}
