/**
 * A failure as one line for the person at the terminal: Chinese first, English beside, no stack.
 */
import { HubError } from '@hub/schema';

/** @returns One line, with the code of the closed list that other programs match on. */
export function failureLine(cause: unknown): string {
  if (cause instanceof HubError) return `✗ ${cause.message}  ${cause.messageEn} [${cause.code}]`;
  const said = cause instanceof Error ? cause.message : String(cause);
  const line = said.replaceAll(/\s+/g, ' ').trim();
  return `✗ 内部错误：${line}（设置 HUB_LOG_LEVEL=debug 可见详情）  Internal fault: ${line} (HUB_LOG_LEVEL=debug tells more) [INTERNAL]`;
}
