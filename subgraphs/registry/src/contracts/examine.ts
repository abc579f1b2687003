/**
 * Everything that is said of proposed contracts: lints, composition, what changes, which systems are lost. Pure.
 * @see README «Changes of contracts»
 */
import { HubError, lintContracts, readContract, subgraphUrl } from '@hub/schema';
import { composeSupergraph } from '@hub/schema/compose';

import type { FoundChange } from './change.ts';
import { findChanges } from './find-changes.ts';
import { type ContractFinding, refusalOf } from './finding.ts';
import { lostSystems, type Serving } from './lost-systems.ts';
import { readRelease } from './read-release.ts';
import type { ContractTexts, ReleaseTexts } from './release-texts.ts';

/** What is to be examined, and against what. */
export interface Question {
  readonly texts: ContractTexts;
  /** Parsed code lists. */
  readonly codeLists: readonly unknown[];
  /** What is in force. */
  readonly before: ReleaseTexts;
  readonly serving: Serving;
}

/** What is said of them. */
export interface Examined {
  readonly findings: readonly ContractFinding[];
  /** Undefined: refused. */
  readonly release: { readonly texts: ReleaseTexts; readonly supergraph: string } | undefined;
  readonly changes: readonly FoundChange[];
}

/** @returns All findings, or all changes. */
export function examine({ texts, codeLists, before, serving }: Question): Examined {
  try {
    const findings = lintsOf(texts, codeLists);
    if (findings.length > 0) return { findings, release: undefined, changes: [] };
    const after = readRelease(texts);
    const composed = compose(after);
    if (typeof composed !== 'string') return { findings: [composed], release: undefined, changes: [] };
    const changes = [...lostSystems(serving, { before, after }), ...findChanges(before, after)];
    return { findings: [], release: { texts: after, supergraph: composed }, changes: changes.toSorted(breakingFirst) };
  } catch (cause) {
    if (!(cause instanceof HubError)) throw cause;
    const finding = refusalOf('CONTRACT_UNREADABLE', { zh: cause.message, en: cause.messageEn });
    return { findings: [finding], release: undefined, changes: [] };
  }
}

const gravities = ['BREAKING', 'DANGEROUS', 'SAFE'] as const;

function breakingFirst(a: FoundChange, b: FoundChange): number {
  return gravities.indexOf(a.severity) - gravities.indexOf(b.severity);
}

function lintsOf({ contracts, shared, directives }: ContractTexts, codeLists: readonly unknown[]): readonly ContractFinding[] {
  return lintContracts({ contracts, shared: { shared, directives }, codeLists }).map(({ type, field, ...rest }) => ({
    ...rest,
    severity: 'REFUSAL',
    element: field === undefined ? type : `${type}.${field}`,
  }));
}

/** @returns The supergraph, or why there is none. */
function compose({ contracts }: ReleaseTexts): string | ContractFinding {
  try {
    return composeSupergraph(contracts.map(({ name, source, sdl }) => ({ name, url: subgraphUrl(readContract(source)), sdl })));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return refusalOf('COMPOSITION_FAILED', {
      zh: `契约合成不了超图，或合成时有分歧：${why}`,
      en: `The contracts do not compose without differences: ${why}`,
    });
  }
}
