/**
 * `npm run bench -- engine [--json]`: a measurement by its name, outside the tests because it installs what it compares with.
 * The table goes to stdout, progress to stderr; a whole run is kept in `tests/results/`.
 */
import { Command, Option } from 'commander';

import { recordFigures } from '../support/results.ts';
import { benchEngine } from './engine/bench.ts';
import { type SceneName, scenes } from './engine/contestants.ts';
import { tableLines } from './engine/table.ts';

interface Given {
  readonly json?: true;
  readonly rounds: string;
  readonly seconds: string;
  readonly cold: string;
  readonly connections: string;
  readonly only?: readonly string[];
  readonly scenes?: readonly string[];
}

const wholeRun = { rounds: '3', seconds: '5', cold: '1000', connections: '50' } as const;

await new Command('bench')
  .addCommand(
    new Command('engine')
      .description('在一个核上比较各网关。Compares gateways on one core.')
      .option('--json', '以数据输出 as data')
      .option('--rounds <n>', '轮数 rounds', wholeRun.rounds)
      .option('--seconds <n>', '每轮每家的秒数 seconds of each in each round', wholeRun.seconds)
      .option('--cold <n>', '从未问过的操作数 operations asked once each', wholeRun.cold)
      .option('--connections <n>', '连接数 connections', wholeRun.connections)
      .option('--only <names...>', '只测这些 only these contestants')
      .addOption(new Option('--scenes <names...>', '只测这些场景 only these scenes').choices(Object.keys(scenes)))
      .action(engine),
  )
  .parseAsync();

async function engine(given: Given): Promise<void> {
  const { json, rounds, seconds, cold, connections, only = [] } = given;
  const chosen = Object.keys(scenes).filter((name): name is SceneName => name in scenes && (given.scenes ?? [name]).includes(name));
  const figures = await benchEngine({
    rounds: Number(rounds),
    seconds: Number(seconds),
    warmUpSeconds: Math.min(3, Number(seconds) / 2),
    connections: Number(connections),
    coldOperations: Number(cold),
    only,
    scenes: chosen,
    say: (line) => process.stderr.write(`${line}\n`),
  });
  const whole = Object.entries(wholeRun).every(([name, value]) => Reflect.get(given, name) === value);
  if (whole && only.length === 0 && given.scenes === undefined) await recordFigures('engine', figures);
  process.stdout.write(json === true ? `${JSON.stringify(figures, undefined, 2)}\n` : `${tableLines(figures.rows).join('\n')}\n`);
}
