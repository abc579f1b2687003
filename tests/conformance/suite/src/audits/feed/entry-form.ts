/**
 * FEED-004: the form of a change.
 * @see schema/PROTOCOL.md 13
 */
import { parseInstant } from '@hub/schema';

import { nameOf } from '../../subject/feed.ts';
import type { Audit } from '../../audit.ts';
import { onFeed } from './on-feed.ts';

const always: readonly string[] = 'position dataset key version op hash payload dataTimestamp contract categories source receivedAt'.split(
  ' ',
);
const sometimes: readonly string[] = ['reason', 'movedTo', 'movedFrom'];

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const forms: Readonly<Record<string, (value: unknown) => boolean>> = {
  dataset: isText,
  key: isText,
  version: (value) => Number.isSafeInteger(value),
  op: (value) => value === 'put' || value === 'withdraw',
  hash: (value) => isText(value) && /^[0-9a-f]{64}$/.test(value),
  payload: isText,
  dataTimestamp: (value) => value === null || isText(value),
  contract: (value) => isText(value) && /^[^@]+@\d+\.\d+\.\d+/.test(value),
  categories: (value) => Array.isArray(value) && value.every(isText),
  source: (value) => typeof value === 'object' && value !== null,
  receivedAt: (value) => isText(value) && parseInstant(value) !== undefined,
  reason: (value) => value === undefined || value === 'SENDER' || value === 'VANISHED' || value === 'MOVED',
};

/** A change has its members, in their order. */
export const entryForm: Audit = {
  id: 'FEED-004',
  level: 'MUST',
  title: { zh: '变化的成员齐全、依次', en: 'A change has its members, in their order' },
  proves: {
    zh: '成员、次序、类型合约定；一条记录的版本随位置递增',
    en: 'members, their order and types are as agreed; versions of a record rise with the positions',
  },
  source: 'PROTOCOL.md 13',
  remedy: { zh: '照第 13 节「一条变化」写出', en: 'write changes as section 13 says' },
  run: onFeed(async ({ feed, judge }) => {
    const versions = new Map<string, number>();
    for (const entry of (await feed.beginning()).entries) {
      const members = Object.keys(entry).filter((name) => always.includes(name) || sometimes.includes(name));
      const due = [...always, ...sometimes.filter((name) => name in entry)];
      judge.same(`${nameOf(entry)}: members`, { answered: members, expected: due });
      const faults = Object.entries(forms).filter(([name, fits]) => !fits(entry[name]));
      judge.check(faults.length === 0 && 'reason' in entry === (entry['op'] === 'withdraw'), () => ({
        asked: nameOf(entry),
        answered: `${faults.map(([name]) => name).join(' ')} ${'reason' in entry ? 'reason' : ''}`,
        expected: '合约定的成员 members as agreed',
      }));
      const record = JSON.stringify([entry['dataset'], entry['key']]);
      const [before, version] = [versions.get(record) ?? 0, Number(entry['version'])];
      judge.check(version > before, () => ({ asked: nameOf(entry), answered: `@${version}`, expected: `> @${before}` }));
      versions.set(record, version);
    }
  }),
};
