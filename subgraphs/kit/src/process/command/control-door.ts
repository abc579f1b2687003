/**
 * What commands ask: the registry or the exchange, each at an address of its own.
 * @see schema/PROTOCOL.md 10
 */
import { HubError } from '@hub/schema';

import type { HubDocument } from '../hub-file.ts';

/** One of them, and the words for it. */
export interface ControlDoor {
  /** Audience of what is signed for it. */
  readonly audience: 'registry' | 'exchange';
  readonly zh: string;
  readonly en: string;
  readonly flag: string;
  readonly variable: string;
  /** Member of `hub.json` with its origin. */
  readonly member: keyof Pick<HubDocument, 'registry' | 'exchange'>;
  /** Where `npm start` has it. */
  readonly usualOrigin: string;
}

/** Who registers systems. */
export const registryDoor: ControlDoor = {
  audience: 'registry',
  zh: '登记处',
  en: 'registry',
  flag: '--registry',
  variable: 'HUB_REGISTRY_URL',
  member: 'registry',
  usualOrigin: 'http://127.0.0.1:4001',
};

/** Who takes records and answers with receipts. */
export const exchangeDoor: ControlDoor = {
  audience: 'exchange',
  zh: '数据交换',
  en: 'exchange',
  flag: '--exchange',
  variable: 'HUB_EXCHANGE_URL',
  member: 'exchange',
  usualOrigin: 'http://127.0.0.1:4002',
};

/** @throws HubError CONFIG_INVALID for what is no origin, or one that is asked in the clear over a network. */
export function originAt({ audience, zh, en }: Pick<ControlDoor, 'audience' | 'zh' | 'en'>, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isOrigin = url !== undefined && /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href;
  if (!isOrigin) {
    throw new HubError('CONFIG_INVALID', {
      zh: `${zh}的网址 ${text} 无效：只写协议、主机和端口，如 https://${audience}.example.gov.cn。`,
      en: `The ${en}’s address ${text} is not valid: scheme, host and port only, such as https://${audience}.example.gov.cn.`,
    });
  }
  if (url.protocol === 'http:' && !/^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname)) {
    throw new HubError('CONFIG_INVALID', {
      zh: `${zh} ${url.origin} 须用 https；只有本机可用 http。`,
      en: `The ${en} ${url.origin} must be https; only one on this machine may be http.`,
    });
  }
  return url.origin;
}
