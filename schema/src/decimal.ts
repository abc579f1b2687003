/**
 * Exact decimals as text, by BigInt: money is never a float.
 * @see design/graph.md «Types»
 */

interface Scaled {
  readonly digits: bigint;
  readonly scale: number;
}

const decimalForm = /^([+-]?)(\d+)(?:\.(\d*))?$/;

function scaled(text: string): Scaled {
  const match = decimalForm.exec(text);
  if (match === null) throw new RangeError(`not a decimal: ${text}`);
  const [, sign = '', whole = '0', fraction = ''] = match;
  const digits = BigInt(whole + fraction);
  return { digits: sign === '-' ? -digits : digits, scale: fraction.length };
}

function raise(value: Scaled, scale: number): bigint {
  return value.digits * 10n ** BigInt(scale - value.scale);
}

function print(digits: bigint, scale: number): string {
  const negative = digits < 0n;
  const text = (negative ? -digits : digits).toString().padStart(scale + 1, '0');
  const whole = text.slice(0, text.length - scale);
  const fraction = text.slice(text.length - scale).replace(/0+$/, '');
  return `${negative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Whether a text is a decimal: digits with an optional sign and fraction, no exponent. */
export function isDecimal(text: string): boolean {
  return decimalForm.test(text);
}

/** @returns The one way to write the number: no leading zeros, no trailing fraction zeros. */
export function canonicalDecimal(text: string): string {
  const { digits, scale } = scaled(text);
  return print(digits, scale);
}

/** @returns The exact sum, canonical. */
export function addDecimals(a: string, b: string): string {
  const [x, y] = [scaled(a), scaled(b)];
  const scale = Math.max(x.scale, y.scale);
  return print(raise(x, scale) + raise(y, scale), scale);
}

/** @returns The exact difference a − b, canonical. */
export function subtractDecimals(a: string, b: string): string {
  const [x, y] = [scaled(a), scaled(b)];
  const scale = Math.max(x.scale, y.scale);
  return print(raise(x, scale) - raise(y, scale), scale);
}

/** @returns The exact product, canonical. */
export function multiplyDecimals(a: string, b: string): string {
  const [x, y] = [scaled(a), scaled(b)];
  return print(x.digits * y.digits, x.scale + y.scale);
}

/** @returns Negative when a is less than b, zero when they are equal. */
export function compareDecimals(a: string, b: string): number {
  const [x, y] = [scaled(a), scaled(b)];
  const scale = Math.max(x.scale, y.scale);
  const difference = raise(x, scale) - raise(y, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** @returns The number times a power of ten, canonical: 万元 → 元 is `shiftDecimal(x, 4)`. */
export function shiftDecimal(text: string, places: number): string {
  const { digits, scale } = scaled(text);
  return places > scale ? print(digits * 10n ** BigInt(places - scale), 0) : print(digits, scale - places);
}
