/**
 * graphql-codegen preset: for each contract the XSD and the JSON Schema of its messages, and a door for each dataset's XML.
 * @see PROTOCOL.md 6
 */
import type { CodeLists } from '../src/codes.ts';
import type { Contract } from '../src/contract.ts';
import { loadCodeLists } from '../src/codes.ts';
import { readLaw } from '../src/read-law.ts';
import { checkLaw } from './check-law.ts';
import { readLawFiles } from './load-contracts.ts';
import { contractJsonSchema } from './messages/json-schema.ts';
import { messageForms } from './messages/message-form.ts';
import { contractXsd, datasetXsd } from './messages/xsd.ts';

/** A generated file: its path below the folder, and its text. */
export interface MessageSchema {
  readonly path: string;
  readonly content: string;
}

/** What the generator hands to a preset and takes from it, as far as this one needs it. */
interface Section {
  readonly filename: string;
  readonly plugins: readonly Readonly<Record<string, { readonly content: string }>>[];
  readonly pluginMap: Readonly<Record<string, { readonly plugin: typeof written }>>;
}

/** @returns The files of a contract; none for one without datasets. */
export function messageSchemas(contract: Contract, codes: CodeLists): readonly MessageSchema[] {
  const forms = messageForms(contract, codes);
  if (forms.length === 0) return [];
  return [
    { path: `${contract.name}.xsd`, content: contractXsd(contract, forms) },
    { path: `${contract.name}.schema.json`, content: contractJsonSchema(contract, forms) },
    ...forms.map((form) => ({ path: `${contract.name}/${form.dataset}.xsd`, content: datasetXsd(contract, form) })),
  ];
}

/** The preset: every file of every contract. */
export function buildGeneratesSection<Options extends { readonly baseOutputDir: string }>(
  options: Options,
): readonly (Options & Section)[] {
  const { contracts, shared, codeLists } = checkLaw(readLawFiles());
  const codes = loadCodeLists(codeLists);
  return readLaw(contracts, shared)
    .flatMap(({ contract }) => messageSchemas(contract, codes))
    .map(({ path, content }) => ({
      ...options,
      filename: `${options.baseOutputDir}${path}`,
      plugins: [{ written: { content } }],
      pluginMap: { written: { plugin: written } },
    }));
}

function written(_schema: unknown, _documents: unknown, { content }: { readonly content: string }): string {
  return content;
}
