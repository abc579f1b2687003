/**
 * The flag `--interval`.
 */
import { HubError } from '@hub/schema';

/** @param seconds - As given. @returns Milliseconds between two rounds. @throws HubError CONFIG_INVALID. */
export function intervalMs(seconds: string): number {
  if (/^[1-9]\d{0,5}$/.test(seconds)) return Number(seconds) * 1000;
  throw new HubError('CONFIG_INVALID', {
    zh: '--interval 应为 1–999999 的整数（秒）。',
    en: '--interval must be a whole number from 1 to 999999 (s).',
  });
}
