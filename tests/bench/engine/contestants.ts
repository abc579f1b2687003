/**
 * Who is compared, and in what each takes part.
 */
import type { questions } from './questions.ts';

/** A question, and whether every request asks for other things or all for the same. */
export interface Scene {
  readonly question: keyof typeof questions;
  readonly requests: 'unlike' | 'same' | 'once';
}

/** By name, in the order of the table. */
export const scenes = {
  unlike: { question: 'nested', requests: 'unlike' },
  same: { question: 'nested', requests: 'same' },
  chinese: { question: 'chinese', requests: 'unlike' },
  small: { question: 'small', requests: 'unlike' },
  wide: { question: 'wide', requests: 'unlike' },
  cold: { question: 'small', requests: 'once' },
  scatter: { question: 'scatter', requests: 'unlike' },
} as const satisfies Readonly<Record<string, Scene>>;

export type SceneName = keyof typeof scenes;

/** One gateway, or a floor. */
export interface Contestant {
  readonly name: string;
  readonly zh: string;
  readonly en: string;
  /** Program in `gateways/`; none: there is no such entry yet. */
  readonly program: string | undefined;
  readonly form: string;
  readonly env: Readonly<Record<string, string>>;
  /** Which packages it needs, by their group in `peers.json`. */
  readonly peer: string | undefined;
  readonly scenes: readonly SceneName[];
  /** Its answer to the one question of a floor is that of another question. */
  readonly small: boolean;
}

const all: readonly SceneName[] = ['unlike', 'same', 'chinese', 'small', 'wide', 'cold'];
const gateway = { form: '', env: {}, peer: undefined, scenes: all, small: false };
const scattered = { ...gateway, form: 'scatter', scenes: ['scatter'] } as const;
const floor = { ...gateway, program: 'floor', scenes: ['same'] as const };

export const contestants: readonly Contestant[] = [
  { ...gateway, name: 'hubDirect', zh: '本网关，直达', en: 'ours, direct', program: 'direct' },
  { ...gateway, name: 'hub', zh: '本网关，经 Apollo Server', en: 'ours, through Apollo Server', program: 'hub' },
  {
    ...gateway,
    name: 'hubReference',
    zh: '本网关，原装执行器',
    en: 'ours, HUB_ENGINE=reference',
    program: 'hub',
    env: { HUB_ENGINE: 'reference' },
  },
  { ...gateway, name: 'apollo', zh: '@apollo/gateway', en: '@apollo/gateway', program: 'apollo' },
  { ...gateway, name: 'hiveJs', zh: 'Hive Gateway，JS 规划', en: 'Hive Gateway, JS planner', program: 'hive', form: 'js', peer: 'hive' },
  {
    ...gateway,
    name: 'hiveRust',
    zh: 'Hive Gateway，Rust 规划',
    en: 'Hive Gateway, Rust planner',
    program: 'hive',
    form: 'rust',
    peer: 'hive',
  },
  {
    ...gateway,
    name: 'hiveJsShared',
    zh: 'Hive Gateway，JS，合并相同请求',
    en: 'Hive Gateway, JS, sharing in flight',
    program: 'hive',
    form: 'js+',
    peer: 'hive',
    scenes: ['same'],
  },
  {
    ...gateway,
    name: 'hiveRustShared',
    zh: 'Hive Gateway，Rust，合并相同请求',
    en: 'Hive Gateway, Rust, sharing in flight',
    program: 'hive',
    form: 'rust+',
    peer: 'hive',
    scenes: ['same'],
  },
  { ...gateway, name: 'mercurius', zh: 'mercurius（联邦 1）', en: 'mercurius (Federation 1)', program: 'mercurius', peer: 'mercurius' },
  { ...floor, name: 'floorBuffer', zh: '下限：内存中的 Buffer', en: 'floor: a Buffer from memory', form: 'buffer' },
  { ...floor, name: 'floorString', zh: '下限：内存中的字符串', en: 'floor: a string from memory', form: 'string' },
  {
    ...floor,
    name: 'floorRelaySmall',
    zh: '下限：转发一次小取数',
    en: 'floor: relay of one small fetch',
    form: 'relay-small',
    small: true,
  },
  { ...floor, name: 'floorRelayLarge', zh: '下限：转发一次 87 kB 取数', en: 'floor: relay of one 87 kB fetch', form: 'relay-large' },
  { ...scattered, name: 'hubScatter', zh: '本网关，26 个系统', en: 'ours, 26 systems', program: 'hub' },
  {
    ...scattered,
    name: 'hubScatterReference',
    zh: '本网关，26 个系统，原装执行器',
    en: 'ours, 26 systems, HUB_ENGINE=reference',
    program: 'hub',
    env: { HUB_ENGINE: 'reference' },
  },
  {
    ...scattered,
    name: 'floorScatter',
    zh: '下限：26 次请求，手写合并',
    en: 'floor: 26 fetches and a merge by hand',
    program: 'scatter-floor',
  },
];
