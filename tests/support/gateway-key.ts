/**
 * The key of the tests' gateways, and what their systems believe.
 */
import { createSigner, createSigningKey, gatewayIssuer, keysOf, trustKeys } from '@hub/kit/process';

/** Signs for every gateway of this process. */
export const gatewayKey = createSigningKey();

/** Believes that key alone. */
export const gatewayTrust = trustKeys(keysOf([gatewayKey.publicJwk], gatewayIssuer));

/** Signs as the gateway does, for tests that ask a system directly. */
export const gatewaySigner = createSigner({ key: gatewayKey, issuer: gatewayIssuer });
