/**
 * Whether the file of public keys can be used, told when the settings are read and not when the gateway opens.
 * @see RFC 7517
 */
import { readFileSync } from 'node:fs';

/** @returns What is wrong with the file, in both languages; undefined when it is a JSON Web Key Set with a key in it. */
export function keyFileFault(file: string): { readonly zh: string; readonly en: string } | undefined {
  const text = textOf(file);
  if (text === undefined) return { zh: '读不到这个文件', en: 'this file cannot be read' };
  const document = parsed(text);
  if (document === undefined) return { zh: '文件不是 JSON', en: 'the file is not JSON' };
  if (keysOf(document).length > 0) return undefined;
  return { zh: '文件不是 JSON Web Key Set，或其中没有密钥（keys）', en: 'the file is no JSON Web Key Set, or has no keys in it' };
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // Missing, a folder, or not ours to read: the path is in the refusal, and says enough.
    return undefined;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function keysOf(document: unknown): readonly unknown[] {
  const named = typeof document === 'object' && document !== null && 'keys' in document ? document.keys : undefined;
  return Array.isArray(named) ? named : [];
}
