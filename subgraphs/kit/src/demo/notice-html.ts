/**
 * Bodies of notices as trading systems write them: headings, paragraphs, a table. Clean here; what real pages bring along
 * (scripts, event handlers) is dirt and added as such.
 */

/** One part of a notice under a numbered heading. */
export interface NoticePart {
  readonly heading: string;
  readonly lines: readonly string[];
  readonly table?: NoticeTable;
}

/** A table below the lines of a part. */
interface NoticeTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const numerals = ['一', '二', '三', '四', '五', '六', '七', '八'] as const;

/** @returns HTML with the title, the parts in order and who signs it. */
export function noticeHtml(title: string, parts: readonly NoticePart[], signedBy: string): string {
  const body = parts.map((part, index) => {
    const heading = `<h3>${numerals[index] ?? String(index + 1)}、${escape(part.heading)}</h3>`;
    const lines = part.lines.map((line) => `<p>${escape(line)}</p>`).join('');
    return heading + lines + (part.table === undefined ? '' : table(part.table));
  });
  return `<h2>${escape(title)}</h2>${body.join('')}<p class="sign">${escape(signedBy)}</p>`;
}

function table({ head, rows }: NoticeTable): string {
  const line = (cells: readonly string[], tag: 'th' | 'td'): string =>
    `<tr>${cells.map((cell) => `<${tag}>${escape(cell)}</${tag}>`).join('')}</tr>`;
  return `<table>${line(head, 'th')}${rows.map((row) => line(row, 'td')).join('')}</table>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
