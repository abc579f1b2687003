/**
 * What the data dictionary shows as messages is read as it stands, in both forms as the same record, and keeps the standard.
 * @see schema/PROTOCOL.md 6
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readWireFile } from '@hub/kit';
import { type WireRecord, dictionaryDocuments, law, validateRecord } from '@hub/schema';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';

import { textOf } from '../support/repository.ts';

const { contracts, codes } = law();
const names = contracts.map(({ contract }) => contract.name);
const documents = dictionaryDocuments(law(), names);
const withDatasets = contracts.filter(({ contract }) => contract.datasets.length > 0);
const letters: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['#39', "'"],
  ['amp', '&'],
]);

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'samples-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What a reader sees in the boxes of that name, in the order of the page. */
function shown(page: string, name: string): readonly string[] {
  const boxes = page.matchAll(new RegExp(`<figcaption>${name}[^<]*</figcaption><pre[^>]*><code>([^<]*)</code>`, 'g'));
  return [...boxes].map(([, text = '']) => text.replaceAll(/&(#?\w+);/g, (_, letter: string) => letters.get(letter) ?? '?'));
}

async function recordsIn(name: string, content: string): Promise<readonly WireRecord[]> {
  const path = join(folder, name);
  await writeFile(path, content);
  const entries = await Array.fromAsync(readWireFile(path));
  return entries.flatMap((entry) => ('record' in entry ? [entry.record] : []));
}

test.each(withDatasets)('the samples of $contract.name', async ({ contract }) => {
  const page = documents.get(`/dictionary/${contract.name}`)?.().text ?? '';
  const messages = `<MESSAGES>${shown(page, '报文 XML').join('\n')}</MESSAGES>`;
  const fromXml = await recordsIn('samples.xml', messages);
  expect(fromXml.map(({ dataset }) => dataset)).toEqual(contract.datasets.map(({ code }) => code));
  expect(await recordsIn('samples.jsonl', shown(page, '报文 JSON').join('\n'))).toEqual(fromXml);
  const { errors } = await validateXML({
    xml: [{ fileName: 'samples.xml', contents: messages }],
    schema: [{ fileName: 'message.xsd', contents: textOf('schema/message.xsd') }],
  });
  expect(errors).toEqual([]);
  const verdicts = contract.datasets.flatMap((dataset) =>
    fromXml
      .filter((record) => record.dataset === dataset.code)
      .map((record) => validateRecord(dataset, record, { codes, sourceKind: 'SYSTEM' })),
  );
  expect(verdicts).toEqual(contract.datasets.map(() => ({ refusals: [], warnings: [] })));
});
