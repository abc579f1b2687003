/**
 * A door before a system that opens to signed requests alone, each once: what the suite's audits of signatures are tried on.
 * @see RFC 7515
 */
import { createHash } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import { text } from 'node:stream/consumers';

import { listenOn } from '@hub/kit/process';
import { type CryptoKey, exportJWK, generateKeyPair, jwtVerify } from 'jose';

/** A pair of keys: the private one as the suite takes it. */
export async function signatureKeys(): Promise<{ readonly jwk: string; readonly publicKey: CryptoKey }> {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
  return { jwk: JSON.stringify({ ...(await exportJWK(privateKey)), kid: 'gateway-1' }), publicKey };
}

/** What stands behind the door, and whom it opens to. */
export interface DoorOptions {
  readonly url: string;
  readonly audience: string;
  readonly publicKey: CryptoKey;
  /** What the door forgets to look at. */
  readonly blind?: 'signature' | 'body' | 'replay';
}

/** @returns The door, open until disposed of. */
export async function startSigningDoor(options: DoorOptions): Promise<{ readonly url: string } & AsyncDisposable> {
  const used = new Set<string>();
  const server = createServer((request, response) => {
    answer(request, response, { ...options, used }).catch(() => response.destroy());
  });
  const port = await listenOn(server, 0);
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: DoorOptions & { readonly used: Set<string> },
): Promise<void> {
  const body = await text(request);
  const isSigned = await verifies(request.headers['hub-signature'], body, options);
  if (!isSigned && options.blind !== 'signature') {
    const refusal = { message: '签名无效。', extensions: { code: 'UNAUTHENTICATED', messageEn: 'The signature is not valid.' } };
    response.writeHead(401, { 'content-type': 'application/json' }).end(JSON.stringify({ errors: [refusal] }));
    return;
  }
  const told = await fetch(options.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  response.writeHead(told.status, { 'content-type': 'application/json' }).end(await told.text());
}

async function verifies(
  signature: unknown,
  body: string,
  { audience, publicKey, used, blind }: DoorOptions & { readonly used: Set<string> },
): Promise<boolean> {
  try {
    const { payload } = await jwtVerify(String(signature), publicKey, {
      algorithms: ['EdDSA'],
      audience,
      requiredClaims: ['exp', 'jti', 'body'],
    });
    const { jti = '' } = payload;
    const isBody = payload['body'] === createHash('sha256').update(body).digest('base64url');
    if ((!isBody && blind !== 'body') || (used.has(jti) && blind !== 'replay')) return false;
    used.add(jti);
    return true;
  } catch {
    return false;
  }
}
