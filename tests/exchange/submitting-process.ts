/**
 * One of several senders of the same records: `node submitting-process.ts ORDER`, the order as JSON. All of them put the lines of a
 * file, so many times over, into one order that a seed decides, and each sends its share of the batches; some it sends again, as who
 * got no answer. It tells what became of them.
 */
import { readFile } from 'node:fs/promises';

import { createSigner, readSigningKey, signatureHeader } from '@hub/kit/process';
import { z } from 'zod';

import { dice } from '../support/dice.ts';

const { name, origin, keyFile, file, times, batch, seed, place, senders } = z
  .object({
    name: z.string(),
    origin: z.string(),
    keyFile: z.string(),
    file: z.string(),
    times: z.number(),
    batch: z.number(),
    seed: z.number(),
    place: z.number(),
    senders: z.number(),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));

const receipt = z.object({
  receivedAt: z.string(),
  accepted: z.number(),
  unchanged: z.number(),
  superseded: z.number(),
  refused: z.number(),
});
const answer = z.object({ data: z.object({ submitRecords: receipt }) });
const query = `mutation ($input: SubmitInput!) { submitRecords(input: $input) { receivedAt accepted unchanged superseded refused } }`;
const signer = createSigner({ key: readSigningKey(keyFile), issuer: 'city' });

const lines = (await readFile(file, 'utf8')).split('\n');
const chance = dice(seed);
const order = Array.from({ length: times * lines.length }, (_, at) => at % lines.length);
for (let left = order.length; left > 1; left -= 1) {
  const other = chance.int(left);
  [order[left - 1], order[other]] = [order[other] ?? 0, order[left - 1] ?? 0];
}

const told = { sent: 0, repeats: 0, accepted: 0, unchanged: 0, superseded: 0, refused: 0 };
for (let at = 0, number = 0; at < order.length; at += batch, number += 1) {
  const again = chance.chance(0.1);
  if (number % senders !== place) continue;
  const body = order
    .slice(at, at + batch)
    .map((line) => lines[line])
    .join('\n');
  const input = { format: 'JSON', idempotencyKey: `${name}/${number}`, body };
  const first = await submit(input);
  if (again) {
    told.repeats += 1;
    const repeated = await submit(input);
    if (JSON.stringify(repeated) !== JSON.stringify(first)) throw new Error(`another receipt: ${JSON.stringify([first, repeated])}`);
  }
  told.sent += Math.min(batch, order.length - at);
  for (const outcome of ['accepted', 'unchanged', 'superseded', 'refused'] as const) told[outcome] += first[outcome];
}
process.stdout.write(`${JSON.stringify(told)}\n`);

async function submit(input: object): Promise<z.output<typeof receipt>> {
  const body = JSON.stringify({ query, variables: { input } });
  const headers = { 'content-type': 'application/json', [signatureHeader]: signer.sign('exchange', body) };
  const response = await fetch(`${origin}/control`, { method: 'POST', headers, body });
  const text = await response.text();
  const read = answer.safeParse(JSON.parse(text));
  if (!read.success) throw new Error(text.slice(0, 2000));
  return read.data.data.submitRecords;
}
