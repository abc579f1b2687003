/**
 * All lints over all contracts: every fault at once, in the order of the text, as a compiler tells them.
 * @see design/partitioning.md 4; schema/README.md
 */
import { GraphQLError, Kind, type SchemaExtensionNode, parse } from 'graphql';

import { HubError } from '../errors.ts';
import type { SharedSdl } from '../expand-contract.ts';
import { lawCodes } from '../law-codes.ts';
import { directiveOf, parseContract, readContract } from '../read-contract.ts';
import type { Fault, Finding } from './finding.ts';
import type { ReadContract } from './lint.ts';
import { lints } from './lints.ts';
import { ruleFindings } from './rule-findings.ts';

/** The texts of the law, as they lie in schema/. */
export interface LawTexts {
  /** Texts of `schema/contracts/*.graphql`. */
  readonly contracts: readonly string[];
  readonly shared: SharedSdl;
  /** Parsed files of `schema/codes/*.json`. */
  readonly codeLists: readonly unknown[];
  /** Parsed files of `schema/rules/*.json`; undefined: no rules are looked at. */
  readonly rules?: readonly unknown[];
}

/**
 * @returns Every finding of every lint, by contract, line and column; none when the contracts may be generated from. Where a
 * text is no contract at all, only that is told: everything else would be a guess.
 * @throws HubError CONTRACT_INVALID when a code list is not one.
 */
export function lintContracts(texts: LawTexts): readonly Finding[] {
  const unreadable = texts.contracts.flatMap(unreadableFindings);
  if (unreadable.length > 0) return unreadable;
  const contracts = texts.contracts.flatMap(readText);
  const law = {
    contracts,
    directives: parse(texts.shared.directives),
    shared: parse(texts.shared.shared),
    codes: lawCodes(
      texts.codeLists,
      contracts.map(({ contract }) => contract),
    ),
  };
  const names = [...law.contracts.map(({ contract }) => contract.name), 'shared'];
  return [
    ...lints.flatMap(({ code, find }) => find(law).map((fault) => findingOf(code, fault))),
    ...ruleFindings(contracts, law.codes, texts.rules ?? []),
  ].toSorted((a, b) => names.indexOf(a.contract) - names.indexOf(b.contract) || a.line - b.line || a.column - b.column);
}

function findingOf(code: string, { contract, type, field, node, zh, en }: Fault): Finding {
  const { line = 1, column = 1 } = node.loc?.startToken ?? {};
  return { code, contract, type, ...(field === undefined ? {} : { field }), line, column, messageZh: zh, messageEn: en };
}

function unreadableFindings(sdl: string, index: number): readonly Finding[] {
  try {
    readContract(sdl);
    return [];
  } catch (cause) {
    if (!(cause instanceof HubError)) throw cause;
    const [at] = cause.cause instanceof GraphQLError ? (cause.cause.locations ?? []) : [];
    const place = { contract: `#${index + 1}`, type: '', line: at?.line ?? 1, column: at?.column ?? 1 };
    return [{ code: 'CONTRACT_UNREADABLE', ...place, messageZh: cause.message, messageEn: cause.messageEn }];
  }
}

function readText(sdl: string): readonly ReadContract[] {
  const document = parseContract(sdl);
  const head = document.definitions
    .filter((node): node is SchemaExtensionNode => node.kind === Kind.SCHEMA_EXTENSION)
    .flatMap((node) => directiveOf(node, 'contract') ?? [])[0];
  return head === undefined ? [] : [{ contract: readContract(sdl), document, head }];
}
