/**
 * Forms of time that a mapping may name: `yyyy MM dd HH mm ss` with anything between, one letter where there may be one digit,
 * `epochSeconds` and `epochMillis`. Local times are UTC+8.
 * @see standard/identifiers.md 11
 */
const tokens: Readonly<Record<string, string>> = {
  yyyy: '(?<year>\\d{4})',
  MM: '(?<month>\\d{2})',
  M: '(?<month>\\d{1,2})',
  dd: '(?<day>\\d{2})',
  d: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{2})',
  H: '(?<hour>\\d{1,2})',
  mm: '(?<minute>\\d{2})',
  m: '(?<minute>\\d{1,2})',
  ss: '(?<second>\\d{2})',
  s: '(?<second>\\d{1,2})',
};
const token = /yyyy|MM|M|dd|d|HH|H|mm|m|ss|s/g;
const epochs: Readonly<Record<string, number>> = { epochSeconds: 1000, epochMillis: 1 };
const latestMs = Date.UTC(9999, 0, 1);
const chinaMs = 8 * 3_600_000;

/** Whether a text is a form of time: it names a year, and no part twice. */
export function isTimeFormat(format: string): boolean {
  if (Object.hasOwn(epochs, format)) return true;
  const parts = (format.match(token) ?? []).map((name) => name.slice(0, 1));
  return parts.includes('y') && new Set(parts).size === parts.length;
}

/** @returns ISO 8601; undefined when the text is not of the form. Whether the calendar has that day is for others to say. */
export function readTime(format: string, text: string): string | undefined {
  const unitMs = epochs[format];
  if (unitMs !== undefined) {
    const ms = /^\d{1,15}$/.test(text) ? Number(text) * unitMs : Infinity;
    return ms > latestMs ? undefined : new Date(ms).toISOString();
  }
  const pattern = format.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll(token, (name) => tokens[name] ?? name);
  const parts = new RegExp(`^${pattern}$`).exec(text)?.groups;
  if (parts === undefined) return undefined;
  const { year = '', month = '1', day = '1', hour, minute = '0', second = '0' } = parts;
  const date = `${year}-${two(month)}-${two(day)}`;
  return hour === undefined ? date : `${date} ${two(hour)}:${two(minute)}:${two(second)}`;
}

/** @returns The time as a mapping writes it, in UTC+8. */
export function printTime(format: string, ms: number): string {
  const unitMs = epochs[format];
  if (unitMs !== undefined) return String(Math.floor(ms / unitMs));
  const [date = '', time = ''] = new Date(ms + chinaMs).toISOString().split(/[TZ]/);
  const [year = '', month = '', day = ''] = date.split('-');
  const [hour = '', minute = '', second = ''] = time.slice(0, 8).split(':');
  const parts: Readonly<Record<string, string>> = { y: year, M: month, d: day, H: hour, m: minute, s: second };
  return format.replaceAll(token, (name) => {
    const part = parts[name.slice(0, 1)] ?? '';
    return name.length === 1 ? String(Number(part)) : part;
  });
}

/** @returns The least difference that the form can write, ms. */
export function resolutionMs(format: string): number {
  if (format in epochs) return Math.max(1000, epochs[format] ?? 0);
  if (format.includes('s')) return 1000;
  if (format.includes('m')) return 60_000;
  return format.includes('H') ? 3_600_000 : 86_400_000;
}

function two(digits: string): string {
  return digits.padStart(2, '0');
}
