/**
 * `hub exchange …` as a person calls it, against an exchange that runs: what is printed where, in both forms, and how each ends.
 * @see subgraphs/exchange/README.md «命令行 · Command line»
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { takePage } from '@hub/exchange';
import { entryOf, goodRecord, pageOf } from '@hub/exchange/testing';
import { writeJsonLine, writeXmlMessage } from '@hub/kit';
import { privateJwkOf, type SigningKey } from '@hub/kit/process';
import { law } from '@hub/schema';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { type ExchangeDoor, openExchangeDoor } from '../support/exchange-door.ts';
import { commandsIn, hubIn } from '../support/hub-command.ts';

const opened = new AsyncDisposableStack();
const [dataset] = law().contracts.find(({ contract }) => contract.name === 'construction')?.contract.datasets ?? [];
const code = dataset?.code ?? '';
let door: ExchangeDoor;
let folder: string;
/** As a person of the city, in a process of its own; without one; and as an operator. */
let hub: ReturnType<typeof hubIn>;
let city: ReturnType<typeof commandsIn>;
let operator: typeof city;

beforeAll(async () => {
  door = opened.use(await openExchangeDoor());
  folder = await mkdtemp(join(tmpdir(), 'hub-exchange-'));
  opened.defer(() => rm(folder, { recursive: true }));
  await Promise.all(Object.entries(door.keys).map(([name, key]) => writeKey(name, key)));
  const exchange = { HUB_EXCHANGE_URL: door.origin };
  const own = { ...exchange, HUB_KEY_FILE: 'city.json', HUB_SYSTEM: 'city' };
  [hub, city] = [hubIn(folder, own), commandsIn(folder, own)];
  operator = commandsIn(folder, { ...exchange, HUB_KEY_FILE: 'operator.json' });
});
afterAll(() => opened.disposeAsync());

test('before anything: nothing is harvested, no receipts, nothing refused', async () => {
  expect(await city('exchange', 'status')).toEqual(good('尚未收取任何系统。Nothing is harvested yet.'));
  expect(await city('exchange', 'receipts')).toEqual(good('还没有回执。No receipts yet.'));
  expect(await city('exchange', 'refused')).toEqual(good('没有未改正的拒收记录。Nothing refused is open.'));
});

test('submit: the same file again gets the first receipt; what is refused is told by line, and the answer is no', async () => {
  if (dataset === undefined) throw new Error('no dataset');
  const lines = ['A', 'B'].map((key) => writeJsonLine(goodRecord(dataset, key).record));
  await writeFile(join(folder, 'good.jsonl'), lines.join('\n'));
  const told = good('新版本 accepted 2  不变 unchanged 0  较旧 superseded 0  拒收 refused 0');
  expect(await hub('exchange', 'submit', 'good.jsonl')).toEqual(told);
  expect(await city('exchange', 'submit', 'good.jsonl')).toEqual(told);
  const bad = writeXmlMessage({ ...goodRecord(dataset, 'C').record, fields: {} });
  await writeFile(join(folder, 'bad.xml'), [writeXmlMessage(goodRecord(dataset, 'A').record), bad].join('\n'));
  const refused = await city('exchange', 'submit', 'bad.xml');
  expect([refused.code, refused.stderr, refused.stdout.split('\n').slice(0, 3)]).toEqual([
    1,
    '',
    [
      '新版本 accepted 0  不变 unchanged 1  较旧 superseded 0  拒收 refused 1',
      expect.stringMatching(new RegExp(`^第 \\d+ 行 line \\d+: ${code} C$`)),
      expect.stringMatching(/^ {2}拒 REQUIRED_MISSING /),
    ],
  ]);
  const { code: exit, stdout } = await city('exchange', 'submit', 'bad.xml', '--format', 'json');
  expect([exit, JSON.parse(stdout)]).toEqual([1, expect.objectContaining({ version: 1, kind: 'submission', refused: 1 })]);
});

test('submit: another content under a key is refused; what cannot be read or sent could not be done', async () => {
  await writeFile(join(folder, 'one.jsonl'), '{}');
  await writeFile(join(folder, 'two.jsonl'), '{ }');
  await city('exchange', 'submit', 'one.jsonl', '--idempotency-key', 'k');
  expect(await city('exchange', 'submit', 'two.jsonl', '--idempotency-key', 'k')).toEqual(bad(1, 'IDEMPOTENCY_CONFLICT'));
  expect(await city('exchange', 'submit', 'absent.jsonl')).toEqual(bad(2, 'FOLDER_UNREADABLE'));
  expect(await city('exchange', 'submit', 'one.jsonl', '--key', 'other.json', '--as', 'other')).toEqual(bad(1, 'SYSTEM_UNKNOWN'));
  expect(await operator('exchange', 'submit', 'one.jsonl')).toEqual(bad(2, 'FORBIDDEN'));
});

test('refused: each with its violations, how long it is open and where to correct it; until a later version is accepted', async () => {
  const [first, second] = ['R', 'S'].map((key, place) => entryOf({ dataset: code, key, position: place + 1, fields: { NOTE: key } }));
  if (first === undefined || second === undefined) throw new Error('no entries');
  const source = { kind: 'PUBLISHED', url: 'https://trade.example/s' } as const;
  await takePage(door.exchange.store, pageOf('city', [first, { ...second, source, hash: 'altered' }]));
  const { code: exit, stderr, stdout } = await city('exchange', 'refused');
  expect({ exit, stderr, lines: stdout.trimEnd().split('\n') }).toEqual({
    exit: 1,
    stderr: '',
    lines: [`${code} S 1  已 0 小时 hours open  改正 correct at https://trade.example/s`, expect.stringMatching(/^ {2}拒 HASH_MISMATCH /)],
  });
  const told = await operator('exchange', 'refused', '--system', 'city', '--format', 'json');
  expect([told.code, JSON.parse(told.stdout)]).toEqual([
    1,
    { version: 1, kind: 'refused', nodes: [expect.objectContaining({ key: 'S', correctAt: 'https://trade.example/s' })] },
  ]);
  await takePage(door.exchange.store, pageOf('city', [entryOf({ dataset: code, key: 'S', position: 3, version: 2 })]));
  expect(await city('exchange', 'refused')).toMatchObject({ code: 0 });
});

test('status and receipts: each system sees its own, an operator all; a source at fault makes the answer no', async () => {
  expect(await city('exchange', 'status')).toEqual(good('city  正在跟进 following  3/3'));
  expect(await city('exchange', 'status', '--key', 'other.json', '--as', 'other')).toMatchObject({
    stdout: '尚未收取任何系统。Nothing is harvested yet.\n',
  });
  await door.exchange.sequence();
  const { stdout } = await city('exchange', 'receipts', '--last', '1');
  expect(stdout).toMatch(/^2 {2}3–3 {2}接收 accepted 1 {2}拒收 refused 0 {2}等待 waiting 0 {2}\S+Z\n$/);
  expect(JSON.parse((await city('exchange', 'receipts', '--format', 'json')).stdout)).toMatchObject({
    version: 1,
    kind: 'receipts',
    head: 2,
    receipts: [{ position: 1 }, { position: 2 }],
  });
  await door.exchange
    .sql`update source set state = 'FAULTY', fault_code = 'NOT_JSON', fault_zh = '不是 JSON。', fault_en = 'No JSON.', offset_ms = -90001`;
  expect(await operator('exchange', 'status')).toEqual({
    code: 1,
    stdout: expect.stringMatching(
      /^city  有故障 faulty  3\/3  NOT_JSON 不是 JSON。No JSON.\n  警 CLOCK_OFF 它的时钟比枢纽慢约 2 分钟.* behind .*\n$/,
    ),
    stderr: '',
  });
});

test('host is for operators; a number, a key and an address that are none could not be done', async () => {
  expect(await city('exchange', 'host', 'city')).toEqual(bad(2, 'FORBIDDEN'));
  const { stderr } = await operator('exchange', 'host', 'x'.repeat(5_000));
  expect(stderr).toMatch(/x{80}… 不是系统代码.*SYSTEM_UNKNOWN/);
  expect(await city('exchange', 'receipts', '--last', '501')).toEqual(bad(2, 'CONFIG_INVALID'));
  expect(await city('exchange', 'status', '--exchange', 'http://exchange.example')).toEqual(bad(2, 'CONFIG_INVALID'));
  expect(await city('exchange', 'status', '--exchange', 'http://127.0.0.1:9')).toEqual(bad(2, 'SYSTEM_FAILED'));
  expect(await city('exchange', 'receipts', '--system', 'other')).toEqual(bad(2, 'UNAUTHENTICATED'));
  expect(await commandsIn(folder)('exchange', 'status')).toEqual(bad(2, 'CONFIG_INVALID'));
});

function good(line: string): object {
  return { code: 0, stdout: `${line}\n`, stderr: '' };
}

function bad(exit: number, error: string): object {
  return { code: exit, stdout: '', stderr: expect.stringMatching(new RegExp(`\\p{Script=Han}.*\\[${error}\\]\\n$`, 'u')) };
}

async function writeKey(name: string, key: SigningKey): Promise<void> {
  await writeFile(join(folder, `${name}.json`), JSON.stringify(privateJwkOf(key)), { mode: 0o600 });
}
