/** `hub system check`: what would come of publishing, and nothing is published. */
import { countFindings, countLine, findingLines } from '../finding-lines.ts';
import { openSession } from '../session.ts';
import { assertSdl, publicationShape, publishQuery, readSubmission, type SubmissionFlags } from '../submission.ts';
import { answer, type Terminal } from '../terminal.ts';

/** The answer is no when there is a refusal. @throws HubError as asking the registry does. */
export async function checkSystem(code: string | undefined, flags: SubmissionFlags, terminal: Terminal): Promise<void> {
  const { ask, settings } = await openSession(flags, terminal, code);
  const submission = await readSubmission(flags, settings, terminal);
  const file = assertSdl(submission);
  const variables = { input: { ...submission.input, dryRun: true } };
  const { publishSystem: result } = await ask({ query: publishQuery, variables }, publicationShape);
  const { findings, durationMs } = result;
  const passed = countFindings(findings).refusals === 0;
  const { system } = submission.input;
  const text = [
    ...findings.flatMap((finding) => findingLines(file, finding)),
    `${passed ? '✓ 通过 passed' : '✗ 不得发布 refused'} ${system}：${countLine(findings)}（${durationMs} ms）`,
  ];
  answer(terminal, flags.format, { kind: 'check', json: { system, file, passed, findings, durationMs }, text });
  if (!passed) terminal.refuse();
}
