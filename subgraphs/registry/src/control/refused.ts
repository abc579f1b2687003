/**
 * What the registry cannot take as it was sent.
 */
import { HubError } from '@hub/schema';

/** @returns A refusal with the code `REGISTRATION_INVALID`. */
export function refused(zh: string, en: string): HubError {
  return new HubError('REGISTRATION_INVALID', { zh, en });
}
