import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';

import { openTokenKeys } from './caller.ts';

const tokenSecret = 'a secret of thirty-two characters';
const sign = (claims: Record<string, unknown>, { secret = tokenSecret, exp = '1h' } = {}) =>
  new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).setExpirationTime(exp).sign(new TextEncoder().encode(secret));
const refused = expect.objectContaining({ code: 'UNAUTHENTICATED' });

describe('graph.md «Who sees what»: callers', () => {
  test('nobody in particular reads what is public', async () => {
    const identify = await openTokenKeys({});
    expect(await identify(undefined)).toEqual({ grants: 'PUBLIC', anonymous: true });
  });

  test.each([
    [['GOVERNMENT'], 'GOVERNMENT'],
    [['RESTRICTED'], 'RESTRICTED'],
    [['GOVERNMENT', 'RESTRICTED'], 'RESTRICTED'],
    ['editor GOVERNMENT', 'GOVERNMENT'],
    [['government', 'admin'], 'PUBLIC'],
    [undefined, 'PUBLIC'],
    [{ GOVERNMENT: true }, 'PUBLIC'],
  ])('roles %j read %s', async (roles, grants) => {
    const identify = await openTokenKeys({ tokenSecret });
    expect(await identify(`Bearer ${await sign({ roles })}`)).toEqual({ grants, anonymous: false });
  });

  test.each([
    [{ client: 'audit', azp: 'portal', sub: 'somebody' }, 'audit'],
    [{ azp: 'portal', sub: 'somebody' }, 'portal'],
    [{ client: '', azp: 5, sub: 'somebody' }, 'somebody'],
  ])('a token with %j is of the client %s', async (claims, client) => {
    const identify = await openTokenKeys({ tokenSecret });
    expect(await identify(`Bearer ${await sign(claims)}`)).toEqual({ grants: 'PUBLIC', anonymous: false, client });
  });

  test('a token that is not valid is refused, never taken for nobody', async () => {
    const identify = await openTokenKeys({ tokenSecret });
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"roles":["RESTRICTED"],"exp":9999999999}').toString('base64url')}.`;
    const endless = await new SignJWT({ roles: ['GOVERNMENT'] })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new TextEncoder().encode(tokenSecret));
    const tokens = [
      'Basic eDp5',
      'Bearer nonsense',
      `Bearer ${unsigned}`,
      `Bearer ${endless}`,
      `Bearer ${await sign({ roles: ['RESTRICTED'] }, { secret: 'another secret of thirty-two chars' })}`,
      `Bearer ${await sign({ roles: ['RESTRICTED'] }, { exp: '-1h' })}`,
    ];
    for (const token of tokens) await expect(identify(token)).rejects.toEqual(refused);
  });

  test('a token without an expiry is told that it must have one', async () => {
    const identify = await openTokenKeys({ tokenSecret });
    const endless = await new SignJWT({ roles: ['GOVERNMENT'] })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new TextEncoder().encode(tokenSecret));
    await expect(identify(`Bearer ${endless}`)).rejects.toMatchObject({
      message: '令牌缺少到期时间 exp，该项必填。',
      messageEn: 'Refused: the token has no expiry «exp», which is required.',
    });
  });

  const said = async (asked: Promise<{ readonly grants: string }>): Promise<unknown> =>
    asked.then(
      ({ grants }) => grants,
      ({ code, message }) => `${code} ${message}`,
    );

  test.each([
    ['366d', 'GOVERNMENT'],
    ['367d', 'UNAUTHENTICATED 令牌的到期时间 exp 不得超过 366 天以后。'],
  ])('a token that expires in %s: %s', async (exp, answer) => {
    const identify = await openTokenKeys({ tokenSecret });
    expect(await said(identify(`Bearer ${await sign({ roles: ['GOVERNMENT'] }, { exp })}`))).toBe(answer);
  });

  test.each([
    ['both right', { aud: 'hub', iss: 'https://id.example' }, 'GOVERNMENT'],
    ['one audience of several', { aud: ['other', 'hub'], iss: 'https://id.example' }, 'GOVERNMENT'],
    ['another audience', { aud: 'other', iss: 'https://id.example' }, 'UNAUTHENTICATED 令牌的受众 aud 不是本网关要求的。'],
    ['no audience', { iss: 'https://id.example' }, 'UNAUTHENTICATED 令牌的受众 aud 不是本网关要求的。'],
    ['another issuer', { aud: 'hub', iss: 'https://id.example/' }, 'UNAUTHENTICATED 令牌的签发者 iss 不是本网关要求的。'],
    ['no issuer', { aud: 'hub' }, 'UNAUTHENTICATED 令牌的签发者 iss 不是本网关要求的。'],
  ])('where audience and issuer are required: %s', async (_name, claims, answer) => {
    const identify = await openTokenKeys({ tokenSecret, tokenAudience: 'hub', tokenIssuer: 'https://id.example' });
    expect(await said(identify(`Bearer ${await sign({ roles: ['GOVERNMENT'], ...claims })}`))).toBe(answer);
  });

  test('without a key no token can be checked', async () => {
    const identify = await openTokenKeys({});
    await expect(identify(`Bearer ${await sign({ roles: ['GOVERNMENT'] })}`)).rejects.toEqual(refused);
  });

  test('a key set checks tokens signed with a private key, and those alone', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hub-keys-'));
    try {
      const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
      const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256' };
      const jwksFile = join(folder, 'keys.json');
      await writeFile(jwksFile, JSON.stringify({ keys: [jwk] }));
      const identify = await openTokenKeys({ jwksFile, tokenSecret });
      const token = await new SignJWT({ roles: ['GOVERNMENT'] })
        .setProtectedHeader({ alg: 'ES256', kid: 'one' })
        .setExpirationTime('1h')
        .sign(privateKey);
      expect(await identify(`Bearer ${token}`)).toEqual({ grants: 'GOVERNMENT', anonymous: false });
      await expect(identify(`Bearer ${await sign({ roles: ['GOVERNMENT'] })}`)).rejects.toEqual(refused);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('a key file that cannot be used ends the start', async () => {
    await expect(openTokenKeys({ jwksFile: '/nowhere/keys.json' })).rejects.toEqual(expect.objectContaining({ code: 'CONFIG_INVALID' }));
  });
});
