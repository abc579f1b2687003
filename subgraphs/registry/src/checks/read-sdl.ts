/**
 * Reads an SDL within bounds: whoever sends a text decides what it costs to read.
 * @see README «Checks»
 */
import { type DocumentNode, GraphQLError, isTypeDefinitionNode, isTypeExtensionNode, parse } from 'graphql';

import { type Finding, shortened } from './finding.ts';

/** All contracts together are 0.6 MB, 520 types and 116,000 tokens. */
const sdlBounds = { maxBytes: 4_000_000, maxTypes: 4000, maxTokens: 200_000 } as const;

/** @returns What is wrong with its size; undefined when it may be read. */
export function sizeFinding(sdl: string): Finding | undefined {
  const bytes = Buffer.byteLength(sdl);
  if (bytes <= sdlBounds.maxBytes) return undefined;
  return findingAt('SDL_TOO_LARGE', [1, 1], {
    zh: `SDL 有 ${bytes} 字节，至多 ${sdlBounds.maxBytes} 字节。`,
    en: `The SDL has ${bytes} bytes; ${sdlBounds.maxBytes} at most.`,
  });
}

/** @returns The document, or why there is none. */
export function readSdl(sdl: string): { readonly document: DocumentNode } | { readonly finding: Finding } {
  const large = sizeFinding(sdl);
  if (large !== undefined) return { finding: large };
  try {
    const document = parse(sdl, { maxTokens: sdlBounds.maxTokens });
    const types = document.definitions.filter((node) => isTypeDefinitionNode(node) || isTypeExtensionNode(node));
    return types.length <= sdlBounds.maxTypes ? { document } : { finding: tooManyTypes(types.length) };
  } catch (error) {
    return { finding: unreadable(error) };
  }
}

function tooManyTypes(count: number): Finding {
  return findingAt('SDL_TOO_LARGE', [1, 1], {
    zh: `SDL 有 ${count} 个类型，至多 ${sdlBounds.maxTypes} 个。`,
    en: `The SDL has ${count} types; ${sdlBounds.maxTypes} at most.`,
  });
}

function unreadable(error: unknown): Finding {
  // What nests deeper than the stack goes.
  if (error instanceof RangeError) return findingAt('SDL_TOO_DEEP', [1, 1], { zh: 'SDL 嵌套过深。', en: 'The SDL nests too deep.' });
  const why = shortened(error instanceof Error ? error.message : String(error));
  if (/more tha[nt] \d+ tokens/.test(why)) {
    return findingAt('SDL_TOO_LARGE', [1, 1], {
      zh: `SDL 超过 ${sdlBounds.maxTokens} 个词。`,
      en: `The SDL has more than ${sdlBounds.maxTokens} tokens.`,
    });
  }
  const [place] = error instanceof GraphQLError ? (error.locations ?? []) : [];
  return findingAt('SDL_UNREADABLE', [place?.line ?? 1, place?.column ?? 1], {
    zh: `SDL 语法有误：${why}`,
    en: `The SDL cannot be read: ${why}`,
  });
}

/** @returns A refusal of the text as a whole. */
export function findingAt(
  code: string,
  [line, column]: readonly [number, number],
  { zh, en }: { readonly zh: string; readonly en: string },
): Finding {
  return {
    code,
    severity: 'REFUSAL',
    element: '',
    line,
    column,
    messageZh: zh,
    messageEn: en,
    remedyZh: '请提交系统实际提供的 SDL，即契约展开的文本。',
    remedyEn: 'Send the SDL that the system serves: the contracts as they are expanded.',
  };
}
