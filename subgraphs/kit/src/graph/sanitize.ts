/**
 * Notice bodies come from many hands and are embedded by portals: what could run, load or frame something is taken out.
 * Recently shown bodies are remembered, for the newest notices are read most.
 * @see design/graph.md «Sketch»
 */
import { LRUCache } from 'lru-cache';
import sanitizeHtml from 'sanitize-html';

const options: sanitizeHtml.IOptions = {
  allowedTags: [...sanitizeHtml.defaults.allowedTags, 'h1', 'h2', 'u', 'font', 'center'],
  allowedAttributes: { a: ['href', 'title'], td: ['colspan', 'rowspan'], th: ['colspan', 'rowspan'] },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  disallowedTagsMode: 'discard',
};
const maxCharacters = 16_000_000;
const clean = new LRUCache<string, string>({ maxSize: maxCharacters, sizeCalculation: (text, raw) => text.length + raw.length + 1 });

/** @returns The body with formatting, tables and links only; safe to embed. */
export function sanitizeNotice(html: string): string {
  const known = clean.get(html);
  if (known !== undefined) return known;
  const text = sanitizeHtml(html, options);
  clean.set(html, text);
  return text;
}
