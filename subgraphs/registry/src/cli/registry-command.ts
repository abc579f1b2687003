/**
 * What every command that asks the registry takes. A command's code is read when it is called.
 */
import { Command, InvalidArgumentError, Option } from 'commander';

/** @returns A command with `--format`. */
export function answeringCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .helpCommand(false)
    .addOption(new Option('--format <form>', '输出形式 form of the answer').choices(['text', 'json']).default('text'));
}

/** @returns A command with the options that say which registry and which key. */
export function registryCommand(name: string, description: string): Command {
  return answeringCommand(name, description)
    .option('--registry <url>', '登记处的网址，同 HUB_REGISTRY_URL address of the registry')
    .option('--key <file>', '签名用的私钥文件，同 HUB_KEY_FILE private key that signs')
    .option('--as <name>', '以谁的名义签名；不写则由密钥得知 in whose name; default what the key stands for');
}

/** @returns A command about one system. */
export function systemCommand(name: string, description: string): Command {
  return registryCommand(name, description)
    .argument('[code]', '系统代码，同 --system code of the system')
    .option('--system <code>', '系统代码，同 HUB_SYSTEM；不写则取 hub.json code of the system');
}

/** @returns A reader of whole numbers for an option. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (number >= least && number <= most) return number;
    throw new InvalidArgumentError(`${least}–${most}`);
  };
}
