/**
 * The keys of the tests' gateways and of their exchange, and what their systems believe.
 */
import { createSigner, createSigningKey, exchangeIssuer, gatewayIssuer, keysByIssuer, trustKeys } from '@hub/kit/process';

/** Signs for every gateway of this process. */
export const gatewayKey = createSigningKey();

/** Signs for the exchange. */
export const exchangeKey = createSigningKey();

/** Believes these keys alone. */
export const gatewayTrust = trustKeys(keysByIssuer([gatewayKey.publicJwk, { ...exchangeKey.publicJwk, iss: exchangeIssuer }]));

/** Signs as the gateway does, for tests that ask a system directly. */
export const gatewaySigner = createSigner({ key: gatewayKey, issuer: gatewayIssuer });

/** Signs as the exchange does. */
export const exchangeSigner = createSigner({ key: exchangeKey, issuer: exchangeIssuer });
