/** `hub system publish`: checks and publishes, and tells what changed and that gateways follow. */
import { z } from 'zod';

import { countLine, findingLines } from '../finding-lines.ts';
import { orNone, worded } from '../print/words.ts';
import { openSession } from '../session.ts';
import { publicationShape, publishQuery, readSubmission, type SubmissionFlags } from '../submission.ts';
import { type ShownSystem, systemFields, systemShape } from '../system-fields.ts';
import { answer, type Terminal } from '../terminal.ts';

const before = `query ($code: String!) { system(code: $code) { ${systemFields} } }`;
const beforeShape = z.object({ system: systemShape.nullable() });

/** One thing that is otherwise now. */
interface Difference {
  readonly what: 'state' | 'version' | 'endpoint' | 'contracts';
  readonly from: string;
  readonly to: string;
}

/** The answer is no when there is a refusal. @throws HubError as asking the registry does. */
export async function publishSystem(code: string | undefined, flags: SubmissionFlags, terminal: Terminal): Promise<void> {
  const { ask, settings } = await openSession(flags, terminal, code);
  const { input, file } = await readSubmission(flags, settings, terminal);
  const { system: was } = await ask({ query: before, variables: { code: input.system } }, beforeShape);
  const { publishSystem: result } = await ask({ query: publishQuery, variables: { input } }, publicationShape);
  const { published, position, findings, durationMs, system } = result;
  const changes = was === null ? [] : differences(was, system);
  const text = [
    ...findings.flatMap((finding) => findingLines(file ?? '-', finding)),
    ...(published ? changes.map(({ what, from, to }) => `  ${what}: ${from} → ${to}`) : []),
    `${published ? '✓ 已发布 published' : '✗ 未发布 not published'} ${input.system}${file === undefined ? '' : `：${countLine(findings)}`}`,
    ...(published ? [positionLine(position), ...withdrawnLines(system)] : []),
  ];
  const json = { system, published, position, changes, file: file ?? null, findings, durationMs };
  answer(terminal, flags.format, { kind: 'publication', json, text });
  if (!published) terminal.refuse();
}

function positionLine(position: number | null): string {
  if (position === null) return '  与现行完全相同，没有改变  Everything was in force already';
  return `  历史位置 position ${position}；各网关 2 秒内照此分发  gateways route by it within 2 s`;
}

function withdrawnLines({ state, code }: ShownSystem): readonly string[] {
  if (state !== 'WITHDRAWN') return [];
  return [`  ! 该系统已撤回，网关不询问它；恢复用 hub system republish ${code}  It stays withdrawn: republish ends that`];
}

function differences(was: ShownSystem, is: ShownSystem): readonly Difference[] {
  const all: readonly Difference[] = [
    { what: 'state', from: worded(was.state), to: worded(is.state) },
    { what: 'version', from: orNone(was.version), to: orNone(is.version) },
    { what: 'endpoint', from: orNone(was.endpoint), to: orNone(is.endpoint) },
    { what: 'contracts', from: was.contracts.join(' '), to: is.contracts.join(' ') },
  ];
  return all.filter(({ from, to }) => from !== to);
}
