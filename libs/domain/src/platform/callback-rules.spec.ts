import { HOUR_MS } from '../shared/business-time.js';
import {
  DEFAULT_CALLBACK_LADDER_MS,
  isAcknowledged,
  nextCallbackDelayMs,
} from './callback-ladder.js';
import { isCallbackAllowed, type CallbackUrlParts } from './callback-url.js';

describe('the ladder of callbacks', () => {
  it('waits 0, 15 s, 15 s, 30 s, 3 min, 10 min, 20 min, 30 min, then hours', () => {
    const seconds = DEFAULT_CALLBACK_LADDER_MS.map((ms) => ms / 1_000);
    expect(seconds.slice(0, 10)).toEqual([0, 15, 15, 30, 180, 600, 1_200, 1_800, 3_600, 3_600]);
  });

  it('ends within 24 hours, and later than 23', () => {
    const total = DEFAULT_CALLBACK_LADDER_MS.reduce((sum, ms) => sum + ms, 0);
    expect(total).toBeLessThanOrEqual(24 * HOUR_MS);
    expect(total).toBeGreaterThan(23 * HOUR_MS);
  });

  it('says when to give up', () => {
    expect(nextCallbackDelayMs([0, 5], 1)).toBe(5);
    expect(nextCallbackDelayMs([0, 5], 2)).toBeUndefined();
  });
});

describe('an answer to a callback', () => {
  it.each([
    [200, ''],
    [204, '  '],
    [200, 'ok'],
    [201, 'SUCCESS\n'],
    [200, '{"code":0}'],
    [200, '{"code":200,"msg":"x"}'],
    [200, '{"code":"success"}'],
    [200, '{"code":"0"}'],
  ])('%i %j acknowledges', (httpStatus, body) => {
    expect(isAcknowledged(httpStatus, body)).toBe(true);
  });

  it.each([
    [199, 'ok'],
    [302, 'ok'],
    [500, 'success'],
    [200, 'fail'],
    [200, '<html>ok</html>'],
    [200, '{"code":500}'],
    [200, '{"code":true}'],
    [200, '{"success":true}'],
    [200, 'null'],
    [200, '0'],
    [200, '[0]'],
  ])('%i %j does not acknowledge', (httpStatus, body) => {
    expect(isAcknowledged(httpStatus, body)).toBe(false);
  });
});

describe('a callback URL', () => {
  const url = (given: Partial<CallbackUrlParts>): CallbackUrlParts => ({
    scheme: 'https:',
    hostname: 'shop.example.test',
    hasCredentials: false,
    ...given,
  });
  const rules = { isSandbox: false, callbackHosts: ['Shop.example.test'] };

  it('is https to a listed host, whatever the case', () => {
    expect(isCallbackAllowed(url({ hostname: 'SHOP.example.test' }), rules)).toBe(true);
  });

  it.each([
    { why: 'a foreign host', parts: { hostname: 'evil.example.test' } },
    { why: 'a host that only ends like a listed one', parts: { hostname: 'xshop.example.test' } },
    { why: 'a host below a listed one', parts: { hostname: 'a.shop.example.test' } },
    { why: 'plain http', parts: { scheme: 'http:' } },
    { why: 'another scheme', parts: { scheme: 'file:' } },
    { why: 'a name and password', parts: { hasCredentials: true } },
  ])('is refused with $why', ({ parts }) => {
    expect(isCallbackAllowed(url(parts), rules)).toBe(false);
  });

  it('may be plain http for a sandbox, and nothing else', () => {
    const sandbox = { ...rules, isSandbox: true };
    expect(isCallbackAllowed(url({ scheme: 'http:' }), sandbox)).toBe(true);
    expect(isCallbackAllowed(url({ scheme: 'ftp:' }), sandbox)).toBe(false);
    expect(isCallbackAllowed(url({ hostname: 'other.test' }), sandbox)).toBe(false);
  });
});
