import { isCallbackAllowed, type CallbackRules } from '#domain';
import { Problem } from '../http/problem.js';

/** Throws `callback.url-not-allowed` where this platform may not be called back there. */
export function requireAllowedCallback(
  callbackUrl: string | undefined,
  platform: CallbackRules,
): void {
  if (callbackUrl === undefined) return;
  const url = new URL(callbackUrl);
  const parts = {
    scheme: url.protocol,
    // An IPv6 address stands in brackets there, and without them in the list.
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    hasCredentials: url.username !== '' || url.password !== '',
  };
  if (!isCallbackAllowed(parts, platform))
    throw new Problem('callback.url-not-allowed', { host: url.hostname });
}
