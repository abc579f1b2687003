/**
 * The readable text of a notice's HTML: tags gone, blocks on lines of their own, entities decoded. Made for reading and
 * searching; it is text, not HTML, and whoever shows it escapes it.
 * @see design/graph.md «Sketch»
 */

const invisible = /<!--[\s\S]*?(?:-->|$)|<(script|style|head|template)\b[^<>]*>[\s\S]*?(?:<\/\1\s*>|$)/gi;
const block = /<\/?(?:p|div|br|hr|tr|li|ul|ol|table|h[1-6]|section|article|blockquote|pre|dd|dt)\b[^<>]*>/gi;
const cellEnd = /<\/t[dh]\b[^<>]*>/gi;
const tag = /<[/!?]?[a-z][^<>]*>/gi;
const entity = /&(#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d?);/gi;

const named: ReadonlyMap<string, string> = new Map(
  Object.entries({
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    nbsp: ' ',
    ensp: ' ',
    emsp: ' ',
    thinsp: ' ',
    ldquo: '“',
    rdquo: '”',
    lsquo: '‘',
    rsquo: '’',
    hellip: '…',
    mdash: '—',
    ndash: '–',
    middot: '·',
    bull: '•',
    times: '×',
    divide: '÷',
    plusmn: '±',
    deg: '°',
    sup2: '²',
    sup3: '³',
    yen: '¥',
    permil: '‰',
    le: '≤',
    ge: '≥',
    laquo: '«',
    raquo: '»',
    copy: '©',
    reg: '®',
    radic: '√',
    Oslash: 'Ø',
  }),
);

/** @returns The text; an unknown entity stays as it is written. */
export function htmlToText(html: string): string {
  return html
    .replace(invisible, '')
    .replace(block, '\n')
    .replace(cellEnd, '\t')
    .replace(tag, '')
    .replace(entity, decodeEntity)
    .replace(/[^\S\n\t]+/g, ' ')
    .replace(/ ?\t[\t ]*/g, '\t')
    .replace(/[ \t]*\n\s*/g, '\n')
    .trim();
}

function decodeEntity(whole: string, name: string): string {
  if (!name.startsWith('#')) return named.get(name) ?? whole;
  const point = Number(name.replace(/^#x/i, '#0x').slice(1));
  const control = point < 32 && point !== 9 && point !== 10 && point !== 13;
  return control || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff) ? whole : String.fromCodePoint(point);
}
