/**
 * SIGN: an endpoint answers signed requests alone. How well it judges signatures is audited when the suite is given a key.
 * @see RFC 7515; RFC 8725; schema/PROTOCOL.md 10
 */
import type { Audit, Words } from '../audit.ts';
import { type Answer, faultOf } from '../ask/answer.ts';
import type { Otherwise, Signer } from '../ask/signer.ts';
import type { Judge } from '../judge.ts';
import type { Subject } from '../subject/subject.ts';

const body = JSON.stringify({ query: '{ __typename }' });
const otherBody = JSON.stringify({ query: '{ __schema { queryType { name } } }' });
const source = 'PROTOCOL.md 10; RFC 7515';
const noKey: Words = {
  zh: '没有给密钥（--key），不知该端点怎样判断签名',
  en: 'no key was given (--key), so it is not known how signatures are judged',
};
const remedy: Words = {
  zh: '读请求之前验 hub-signature：密钥认识、算法只认 EdDSA、aud 是自己、时间在 ±60 秒内、正文杂凑相同、jti 没用过',
  en: 'verify hub-signature first: a known key, EdDSA alone, aud yourself, within ±60 s, the body’s hash, a jti never seen',
};

/** Audits of signatures. */
export const trustAudits: readonly Audit[] = [
  {
    id: 'SIGN-001',
    level: 'MUST',
    title: { zh: '没有签名的请求被拒', en: 'Unsigned requests are refused' },
    proves: { zh: '不带签名得不到任何数据，带签名答得出', en: 'without a signature nothing is answered, with one it is' },
    source,
    remedy,
    async run({ endpoint }, judge) {
      // Whoever answers the suite without a key answers everybody.
      const unsigned = await endpoint.post(body, null);
      judge.check(isRefused(unsigned), () => faultOf('没有签名 unsigned', unsigned, refusal));
      if (endpoint.signer === undefined) return;
      const signed = await endpoint.post(body, await endpoint.signer(body));
      judge.check(!isRefused(signed), () => faultOf('有签名 signed', signed, '数据  data'));
    },
  },
  {
    id: 'SIGN-002',
    level: 'MUST',
    title: { zh: '签名只管它的正文', en: 'A signature holds for its body' },
    proves: { zh: '换了正文、改了签名都被拒', en: 'another body and an altered signature are refused' },
    source,
    remedy,
    run: (subject, judge) =>
      withSigner(subject, judge, async (signer) => {
        const other = await subject.endpoint.post(otherBody, await signer(body));
        judge.check(isRefused(other), () => faultOf('别的正文的签名 a signature of another body', other, refusal));
        for (const forged of ['', 'x.y.z', altered(await signer(body)), withoutAlgorithm(await signer(body))]) {
          const answer = await subject.endpoint.post(body, forged);
          judge.check(isRefused(answer), () => faultOf(`hub-signature: ${forged}`, answer, refusal));
        }
      }),
  },
  {
    id: 'SIGN-003',
    level: 'MUST',
    title: { zh: '签名只用一次', en: 'A signature is used once' },
    proves: {
      zh: '同一签名再送一遍、同时送几遍，只答一次',
      en: 'the same signature sent again, or several times at once, is answered once',
    },
    source,
    remedy,
    run: (subject, judge) =>
      withSigner(subject, judge, async (signer) => {
        const signature = await signer(body);
        await subject.endpoint.post(body, signature);
        const again = await subject.endpoint.post(body, signature);
        judge.check(isRefused(again), () => faultOf('重放 replayed', again, refusal));
        const other = await signer(body);
        const together = await Promise.all(Array.from({ length: atOnce }, () => subject.endpoint.post(body, other)));
        const [, second] = together.filter((answer) => !isRefused(answer));
        judge.check(second === undefined, () => faultOf(`同时 ${atOnce} 遍 at once`, second ?? again, '只答一次  answered once'));
      }),
  },
  {
    id: 'SIGN-004',
    level: 'MUST',
    title: { zh: '签给别人的不算', en: 'A signature is for one system' },
    proves: { zh: '签给另一个系统的请求被拒', en: 'a request that was signed for another system is refused' },
    source,
    remedy,
    run: (subject, judge) => refusesEach(subject, judge, [{ audience: 'elsewhere' }, { audience: 'registry' }]),
  },
  {
    id: 'SIGN-005',
    level: 'MUST',
    title: { zh: '签名有时限', en: 'A signature ends in time' },
    proves: {
      zh: '过期的、来自未来的、有效期过长的都被拒',
      en: 'expired ones, those of the future and those that hold too long are refused',
    },
    source,
    remedy,
    run: (subject, judge) => refusesEach(subject, judge, [{ agoS: 3600 }, { agoS: -3600 }, { validS: 3600 }]),
  },
  {
    id: 'SIGN-006',
    level: 'MUST',
    title: { zh: '只认登记过的密钥和签名者', en: 'Only known keys and their signers are believed' },
    proves: {
      zh: '冒名的密钥、随请求带来的密钥、不属于该密钥的签名者都被拒',
      en: 'a stranger’s key under a known name, one brought along, and a signer whose key it is not are refused',
    },
    source,
    remedy,
    run: (subject, judge) =>
      refusesEach(subject, judge, [{ stranger: 'named' }, { stranger: 'brought' }, { issuer: 'registry' }, { issuer: subject.system }]),
  },
];

const atOnce = 8;

/** What is signed otherwise is refused; as it must be it is answered, so that it is refused for that alone. */
function refusesEach(subject: Subject, judge: Judge, all: readonly Otherwise[]): Promise<void> {
  return withSigner(subject, judge, async (signer) => {
    for (const otherwise of all) {
      const answer = await subject.endpoint.post(body, await signer(body, otherwise));
      judge.check(isRefused(answer), () => faultOf(JSON.stringify(otherwise), answer, refusal));
    }
    const right = await subject.endpoint.post(body, await signer(body));
    judge.check(!isRefused(right), () => faultOf('应有的签名 as it must be', right, '数据  data'));
  });
}

const refusal = 'HTTP 401，没有 data  no data';

async function withSigner({ endpoint }: Subject, judge: Judge, run: (signer: Signer) => Promise<void>): Promise<void> {
  if (endpoint.signer === undefined) judge.nothing(noKey);
  else await run(endpoint.signer);
}

function isRefused({ status, data }: Answer): boolean {
  return status >= 400 && status < 500 && (data === undefined || data === null);
}

/** One character of the signature itself changed. */
function altered(signature: string): string {
  const at = signature.length - 10;
  return `${signature.slice(0, at)}${signature[at] === 'A' ? 'B' : 'A'}${signature.slice(at + 1)}`;
}

/** @see RFC 7519 6: «alg»: «none» */
function withoutAlgorithm(signature: string): string {
  const [, payload = ''] = signature.split('.');
  return `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
}
