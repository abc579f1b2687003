/**
 * The form of an address that gateways can be sent to.
 */
import { refused } from './refused.ts';

const maxLength = 500;

/** @throws HubError REGISTRATION_INVALID. */
export function assertUrl(url: string): void {
  const parsed = url.length <= maxLength && URL.canParse(url) ? new URL(url) : undefined;
  const isPlain =
    parsed !== undefined && /^https?:$/.test(parsed.protocol) && parsed.username === '' && parsed.password === '' && parsed.hash === '';
  if (isPlain) return;
  throw refused(
    'GraphQL 地址（endpoint）应为 http 或 https 网址，不含用户名、密码和 #。',
    'The endpoint is an http or https URL, without user, password or #.',
  );
}
