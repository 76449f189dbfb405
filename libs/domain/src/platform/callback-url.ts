/** What a platform may name as its receiver. */
export interface CallbackRules {
  readonly isSandbox: boolean;
  readonly callbackHosts: readonly string[];
}

/** The parts of a URL that decide; the caller parses it (pure files know no URL class). */
export interface CallbackUrlParts {
  /** With its colon, as the URL standard has it: `https:`. */
  readonly scheme: string;
  readonly hostname: string;
  readonly hasCredentials: boolean;
}

/** Whether this platform may be called back there: https and a listed host; http only for a sandbox. */
export function isCallbackAllowed(url: CallbackUrlParts, rules: CallbackRules): boolean {
  if (url.hasCredentials) return false;
  if (url.scheme !== 'https:' && !(url.scheme === 'http:' && rules.isSandbox)) return false;
  return rules.callbackHosts.some((host) => host.toLowerCase() === url.hostname.toLowerCase());
}
