/**
 * `hub exchange …`: how far a system is harvested, what it was told, what was refused, and sending records.
 * @see README «命令行 · Command line»
 */
import type { ControlFlags, Terminal } from '@hub/kit/process';
import { Command, Option } from 'commander';

/** Flags of every command that asks the exchange. */
export interface ExchangeFlags extends ControlFlags {
  readonly exchange?: string;
}

/** Flags of a list. */
export interface ListFlags extends ExchangeFlags {
  readonly last: string;
}

/** Flags of `submit`. */
export interface SubmitFlags extends ExchangeFlags {
  readonly to?: string;
  readonly idempotencyKey?: string;
}

/** @returns The noun with its verbs, to be added to a program. A verb's code is read when it is called. */
export function exchangeCommands(terminal: Terminal): Command {
  const run = () => import('./run-commands.ts');
  const noun = new Command('exchange').description('数据交换：收取、回执、拒收、报送。The exchange.').helpCommand(false);
  const verb = (name: string, description: string): Command => {
    const command = new Command(name)
      .description(description)
      .helpCommand(false)
      .option('--exchange <url>', '数据交换的网址，同 HUB_EXCHANGE_URL address of the exchange')
      .option('--key <file>', '签名用的私钥文件，同 HUB_KEY_FILE private key that signs')
      .option('--as <name>', '以谁的名义签名 in whose name')
      .option('--system <code>', '系统代码，同 HUB_SYSTEM code of the system')
      .addOption(new Option('--format <form>', '输出形式 form of the answer').choices(['text', 'json']).default('text'));
    noun.addCommand(command);
    return command;
  };
  verb('status', '各系统收取到哪里。How far each system is harvested.').action(async (flags: ExchangeFlags) =>
    (await run()).status(flags, terminal),
  );
  verb('receipts', '给本系统的回执。Receipts to a system.')
    .option('--last <n>', '最近几份，1–500 the last ones', '20')
    .action(async (flags: ListFlags) => (await run()).receipts(flags, terminal));
  verb('refused', '本系统未改正的拒收记录。What was refused and is open.')
    .option('--last <n>', '最近几条，1–500 the last ones', '20')
    .action(async (flags: ListFlags) => (await run()).refused(flags, terminal));
  verb('submit', '报送一个文件的记录（至多 1000 条、8 MiB）。Sends the records of a file.')
    .argument('<file>', '.xml、.jsonl 或 .json')
    .option('--to <code>', '报送到哪个系统，如共享登记；不写为本系统 which system, such as a shared register')
    .option('--idempotency-key <key>', '幂等键；不写则为内容的 SHA-256 default: the SHA-256 of the content')
    .action(async (file: string, flags: SubmitFlags) => (await run()).submit(file, flags, terminal));
  verb('host', '由枢纽代存一个已登记、靠报送的系统（运维）。The hub keeps the records of a system that pushes; operators.')
    .argument('<code>', '系统代码 code of the system')
    .action(async (code: string, flags: ExchangeFlags) => (await run()).host(code, flags, terminal));
  return noun;
}
