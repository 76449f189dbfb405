import fc from 'fast-check';
import { acceptedTotpStep, base32, totpCode, totpUri } from './totp.js';

/** The secret of the test vectors in RFC 6238. */
const secret = Buffer.from('12345678901234567890');

describe('the second factor', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('gives the code that RFC 6238 names for second %d', (second, code) => {
    expect(totpCode(secret, Math.floor(second / 30))).toBe(code);
  });

  it('takes a code one step early or late, no further, however the clock stands', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1e12, max: 4e12 }),
        fc.integer({ min: -4, max: 4 }),
        (nowMs, off) => {
          const step = Math.floor(nowMs / 30_000) + off;
          const taken = acceptedTotpStep(secret, totpCode(secret, step), { nowMs, lastStep: 0 });
          if (Math.abs(off) <= 1) expect(taken).toBe(step);
          else expect(taken).not.toBe(step);
        },
      ),
    );
  });

  it('takes no code twice, nor one before it', () => {
    const nowMs = 1_800_000_000_000;
    const lastStep = nowMs / 30_000;
    for (const step of [lastStep - 1, lastStep])
      expect(acceptedTotpStep(secret, totpCode(secret, step), { nowMs, lastStep })).toBe(undefined);
    const next = acceptedTotpStep(secret, totpCode(secret, lastStep + 1), { nowMs, lastStep });
    expect(next).toBe(lastStep + 1);
  });

  it('takes a code with a space in it, and nothing of another length', () => {
    const nowMs = 1_800_000_000_000;
    const code = totpCode(secret, nowMs / 30_000);
    const spaced = `${code.slice(0, 3)} ${code.slice(3)}`;
    expect(acceptedTotpStep(secret, spaced, { nowMs, lastStep: 0 })).toBe(nowMs / 30_000);
    for (const typed of ['', '1', `${code}0`, 'abcdefg'])
      expect(acceptedTotpStep(secret, typed, { nowMs, lastStep: 0 })).toBe(undefined);
  });

  it('writes a secret as apps read it', () => {
    expect(base32(secret)).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
    expect(totpUri(secret, { issuer: '卡供 Kagong', account: 'a@b.test' })).toBe(
      'otpauth://totp/%E5%8D%A1%E4%BE%9B%20Kagong:a%40b.test?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=%E5%8D%A1%E4%BE%9B%20Kagong',
    );
  });
});
