/** `hub contract diff` and `hub contract propose`: the contracts of a folder beside those in force, and who would feel it. */
import { z } from 'zod';

import { contractCheckFields, contractCheckLines, contractCheckShape, releaseFields, releaseShape } from '../contract-fields.ts';
import { readContractTexts } from '../contract-texts.ts';
import { worded } from '../print/words.ts';
import { openSession } from '../session.ts';
import type { RegistryFlags } from '../settings.ts';
import { answer, type Terminal } from '../terminal.ts';

/** Flags of `diff`; `propose` takes a note with it. */
export interface CompareFlags extends RegistryFlags {
  readonly from?: string;
  readonly days: number;
  readonly note?: string;
}

const checkQuery = `mutation ($input: ContractsInput!) { checkContracts(input: $input) { ${contractCheckFields} } }`;
const proposeQuery = `mutation ($input: ContractsInput!) { proposeContracts(input: $input) {
  release { ${releaseFields} } check { ${contractCheckFields} } } }`;

/** The answer is no when they are refused or take a second person. @throws HubError as asking the registry does. */
export async function diffContracts(flags: CompareFlags, terminal: Terminal): Promise<void> {
  const { ask } = await openSession(flags, terminal);
  const variables = { input: await inputOf(flags, terminal) };
  const { checkContracts: check } = await ask({ query: checkQuery, variables }, z.object({ checkContracts: contractCheckShape }));
  answer(terminal, flags.format, { kind: 'contract-check', json: { check }, text: contractCheckLines(check) });
  if (!check.passed || check.needsApproval) terminal.refuse();
}

/** The answer is no when they are refused. @throws HubError as asking the registry does. */
export async function proposeContracts(flags: CompareFlags, terminal: Terminal): Promise<void> {
  const { ask } = await openSession(flags, terminal);
  const variables = { input: { ...(await inputOf(flags, terminal)), note: flags.note ?? null } };
  const shape = z.object({ proposeContracts: z.object({ release: releaseShape.nullable(), check: contractCheckShape }) });
  const {
    proposeContracts: { release, check },
  } = await ask({ query: proposeQuery, variables }, shape);
  const text = [
    ...contractCheckLines(check),
    ...(release === null ? [] : [`✓ 发布 release ${release.number} ${worded(release.state)}${nextStep(release)}`]),
  ];
  answer(terminal, flags.format, { kind: 'contract-proposal', json: { release, check }, text });
  if (!check.passed) terminal.refuse();
}

function nextStep({ state, number }: z.output<typeof releaseShape>): string {
  return state === 'PROPOSED' ? `；请另一位运维执行 hub contract approve ${number}  another operator is to approve it` : '';
}

async function inputOf({ from, days }: CompareFlags, { folder }: Terminal): Promise<object> {
  return { ...(await readContractTexts(from, folder)), days };
}
