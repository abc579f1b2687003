/**
 * FEED-005: payload and hash.
 * @see schema/PROTOCOL.md 13
 */
import { createHash } from 'node:crypto';

import { canonicalContent } from '@hub/schema';

import { isObject } from '../../ask/json-value.ts';
import { nameOf } from '../../subject/feed.ts';
import type { Audit } from '../../audit.ts';
import { onFeed } from './on-feed.ts';

/** Payloads are canonical, and hashes hold. */
export const contentHash: Audit = {
  id: 'FEED-005',
  level: 'MUST',
  title: { zh: '内容是规范文本，杂凑相符', en: 'Payloads are canonical, and hashes hold' },
  proves: { zh: 'payload 是规范文本，hash 是它的 SM3', en: 'payload is canonical text, and hash is its SM3' },
  source: 'PROTOCOL.md 13',
  remedy: { zh: '杂凑按发送的那段文本计算，写入时算一次', en: 'hash the very text that is sent, once, when it is written' },
  run: onFeed(async ({ feed, judge }) => {
    for (const entry of (await feed.beginning()).entries) {
      const { dataset, payload, hash } = entry;
      const text = String(payload);
      const due = createHash('sm3')
        .update(`hub/record-content/1\n${String(dataset)}\n${text}`)
        .digest('hex');
      judge.check(hash === due, () => ({ asked: `${nameOf(entry)}: hash`, answered: String(hash), expected: due }));
      judge.check(isCanonical(text), () => ({
        asked: `${nameOf(entry)}: payload`,
        answered: '不是规范文本 not canonical',
        expected: '字段按名称排列、无空白的 JSON  names sorted, nothing blank',
      }));
    }
  }),
};

function isCanonical(text: string): boolean {
  let fields: unknown;
  try {
    fields = JSON.parse(text);
  } catch {
    return false;
  }
  if (!isObject(fields)) return false;
  const texts = Object.entries(fields).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : []));
  return texts.length === Object.keys(fields).length && canonicalContent(Object.fromEntries(texts)) === text;
}
