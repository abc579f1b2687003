/**
 * A failure as one line for the person at the terminal: Chinese first, English beside, no stack.
 */
import { type ErrorCode, HubError } from '@hub/schema';
import type { CommanderError } from 'commander';

/** A failure in both languages, with the code of the closed list that other programs match on. */
export interface FailureWords {
  readonly code: ErrorCode;
  readonly zh: string;
  readonly en: string;
}

/** @returns What failed, in words; of anything but a HubError only its message, for it is a fault of ours. */
export function failureWords(cause: unknown): FailureWords {
  if (cause instanceof HubError) return { code: cause.code, zh: cause.message, en: cause.messageEn };
  const said = cause instanceof Error ? cause.message : String(cause);
  const line = withoutStop(said.replaceAll(/\s+/g, ' '));
  return {
    code: 'INTERNAL',
    zh: `内部错误：${line}（设置 HUB_LOG_LEVEL=debug 可见详情）`,
    en: `Internal fault: ${line} (HUB_LOG_LEVEL=debug tells more)`,
  };
}

/** @returns One line. */
export function failureLine(cause: unknown): string {
  const { code, zh, en } = failureWords(cause);
  return `✗ ${oneStop(zh)}  ${oneStop(en)} [${code}]`;
}

function withoutStop(text: string): string {
  return text.trim().replace(/[.。]+$/, '');
}

// What a fault further in said may end with a stop of its own, before the one of the sentence around it.
function oneStop(text: string): string {
  return text.replaceAll(/[.。]+。/g, '。').replaceAll(/(?<=[^.])[.。]\.(?=[\s);]|$)/g, '.');
}

const wrongUsage = new Map([
  ['commander.missingArgument', '缺少参数'],
  ['commander.missingMandatoryOptionValue', '缺少必填的选项'],
  ['commander.optionMissingArgument', '选项后缺少值'],
  ['commander.unknownOption', '没有这个选项'],
  ['commander.excessArguments', '有多余的参数'],
  ['commander.unknownCommand', '没有这个命令'],
  ['commander.invalidArgument', '值不对'],
]);

/**
 * @param command - Whose usage is pointed to.
 * @returns One line on a command line that cannot be read; undefined when help was shown and there is nothing to say.
 */
export function usageLine({ code, message }: CommanderError, command = 'npm run load'): string | undefined {
  const zh = wrongUsage.get(code);
  if (zh === undefined) return undefined;
  const en = withoutStop(message.replace(/^error: /, '').replaceAll(/\s+/g, ' '));
  return (
    `✗ 命令行有误：${zh}（${en}）。选项写在单独的 -- 之后，如 npm start -- --scale 2；${command} -- --help 显示用法。  ` +
    `Wrong command line: ${en}. Options go after a lone --, as in npm start -- --scale 2; ${command} -- --help shows the usage. [CONFIG_INVALID]`
  );
}

/**
 * @param words - Of the command, `hub system check`: its usage is pointed to.
 * @returns As `usageLine`, for commands that are called as `hub …`.
 */
export function hubUsageLine({ code, message }: CommanderError, words: string): string | undefined {
  const zh = wrongUsage.get(code);
  if (zh === undefined) return undefined;
  const en = withoutStop(message.replace(/^error: /, '').replaceAll(/\s+/g, ' '));
  return `✗ 命令行有误：${zh}（${en}）。${words} --help 显示用法。  Wrong command line: ${en}. ${words} --help shows the usage. [CONFIG_INVALID]`;
}
