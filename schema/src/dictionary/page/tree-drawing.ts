/**
 * A tree of boxes that lead somewhere, hung one below the other, with the numbers of rows at each line. Plain SVG, no
 * library: a contract's datasets form a shallow tree, one dataset's relatives a single level; neither needs a layout engine.
 */
import { type Markup, markup } from './markup.ts';

/** One box, in the order from top to bottom. */
export interface TreeRow {
  /** Depth; 0 for a root. */
  readonly level: number;
  /** Place of the row it hangs on; undefined for a root. */
  readonly holder: number | undefined;
  /** Rows there for one here: `1 : n`. */
  readonly numbers: string;
  readonly name: string;
  /** Below the name, smaller. */
  readonly sub: string;
  readonly href: string;
}

const box = { height: 40, step: 48, indent: 46 } as const;
/** Width of a character of the smaller line. */
const letter = 6.65;
const longestName = 16;

/**
 * @param boxWidth - Of each box, px.
 * @returns The drawing in a frame that scrolls where the page is too narrow.
 */
export function treeDrawing(label: string, rows: readonly TreeRow[], boxWidth: number): Markup {
  const width = Math.max(...rows.map(({ level }) => level)) * box.indent + boxWidth + 4;
  const height = rows.length * box.step;
  // Lines first: boxes lie over them.
  return markup`<div class="draw" role="region" aria-label="${label}" tabindex="0"><svg width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="group" aria-label="${label}">${rows.map((row, place) => line(rows, row, place))}${rows.map((row, place) => drawBox(row, top(place), boxWidth))}</svg></div>`;
}

function line(rows: readonly TreeRow[], { holder, level, numbers }: TreeRow, place: number): Markup | undefined {
  const held = holder === undefined ? undefined : rows[holder];
  if (held === undefined || holder === undefined) return undefined;
  const [x, y] = [left(level), top(place) + box.height / 2];
  return markup`<path d="M${left(held.level) + 12} ${top(holder) + box.height}V${y}H${x}"/><text class="end" x="${x - 30}" y="${y - 4}">${numbers}</text>`;
}

function drawBox({ level, name, sub, href }: TreeRow, y: number, width: number): Markup {
  const x = left(level);
  return markup`<a href="${href}"${level === 0 ? markup` class="self"` : ''}><title>${name} ${sub}</title><rect class="box" x="${x}" y="${y}" width="${width}" height="${box.height}" rx="6"/><text x="${x + 10}" y="${y + 17}">${short(name, longestName)}</text><text class="sub" x="${x + 10}" y="${y + 32}">${short(sub, Math.floor((width - 16) / letter))}</text></a>`;
}

function left(level: number): number {
  return level * box.indent + 2;
}

function top(place: number): number {
  return place * box.step + 4;
}

function short(text: string, most: number): string {
  const characters = [...text];
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : text;
}
