/**
 * HTML by template strings: whatever is put in is text and is escaped, unless it is Markup already.
 * @see HTML Standard 13.3 «Serializing HTML fragments»
 */

/** HTML that is safe to put in as it stands. */
export interface Markup {
  readonly html: string;
}

/** What may stand in a template. Undefined and '' leave nothing. */
export type Content = Markup | string | number | undefined | readonly Content[];

const escapes: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

/** Template tag. @returns The template with its values escaped. */
export function markup(parts: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return { html: parts.reduce((text, part, place) => text + printContent(values[place - 1]) + part) };
}

/** @returns Text of our own as it stands: a style sheet, a script. */
export function asItStands(html: string): Markup {
  return { html };
}

/** @returns The contents with the separator between those that are not nothing. */
export function between(separator: Content, contents: readonly Content[]): Content {
  return contents
    .filter((content) => content !== undefined && content !== '')
    .flatMap((content, place): readonly Content[] => (place === 0 ? [content] : [separator, content]));
}

function printContent(content: Content): string {
  if (content === undefined) return '';
  if (typeof content === 'string') return content.replaceAll(/[&<>"']/g, (character) => escapes.get(character) ?? '');
  if (typeof content === 'number') return String(content);
  return 'html' in content ? content.html : content.map(printContent).join('');
}
