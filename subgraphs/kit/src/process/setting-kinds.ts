/**
 * Kinds of settings: numbers within bounds, lists, files that are tried at once. What is wrong is said in both languages.
 * @see config.ts
 */
import { HubError } from '@hub/schema';
import { z } from 'zod';

/** A file that is tried when the settings are read, so that a wrong one is told together with what else is wrong. */
export function readableBy(read: (file: string) => unknown) {
  return z
    .string()
    .superRefine((file, context) => {
      try {
        read(file);
      } catch (error) {
        if (!(error instanceof HubError)) throw error;
        context.addIssue({ code: 'custom', message: say(withoutStop(error.message), withoutStop(error.messageEn)) });
      }
    })
    .optional();
}

function withoutStop(text: string): string {
  return text.replace(/[.。]$/, '');
}

/** zod carries one text per fault; both languages travel in it, a line each. */
export function say(zh: string, en: string): string {
  return `${zh}\n${en}`;
}

interface Bounds {
  readonly min: number;
  readonly max: number;
  /** 0 is also allowed. */
  readonly orNone?: boolean;
}

/** A number within bounds, written as `shape` says. */
export function numeric(shape: RegExp, { min, max, orNone = false }: Bounds) {
  const whole = !shape.test('0.5');
  const message = say(
    `应为${orNone ? ' 0 或' : ''} ${min}–${max} 的${whole ? '整数' : '数'}`,
    `must be ${orNone ? '0 or ' : ''}a ${whole ? 'whole ' : ''}number from ${min} to ${max}`,
  );
  return z
    .string()
    .regex(shape, message)
    .transform(Number)
    .refine((value) => (value >= min && value <= max) || (orNone && value === 0), message);
}

/** Separated by commas. */
export function list() {
  return z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((one) => one.trim())
        .filter((one) => one !== ''),
    );
}

/** One of a few words. */
export function oneOf<const Values extends readonly [string, ...string[]]>(values: Values, usual: Values[number]) {
  const message = say(`应为 ${values.join('、')} 之一`, `must be one of ${values.join(', ')}`);
  return z.enum(values, { error: message }).default(usual);
}

/** Whether a text is an origin and nothing more. */
export function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}

/** Whether a text is an address over http or https, without a name and a password in it. */
export function isWebAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' && url.hash === '';
}
