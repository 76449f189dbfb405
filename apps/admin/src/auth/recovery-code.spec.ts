import { recoveryCodeHash, recoveryCodeText } from './recovery-code.js';

describe('a recovery code', () => {
  const code = recoveryCodeText(Buffer.from('0123456789'));

  it('is shown in four groups of four', () => {
    expect(code).toMatch(/^([A-Z2-7]{4}-){3}[A-Z2-7]{4}$/);
  });

  it('is the same however it is typed, and for its owner only', () => {
    const hash = recoveryCodeHash('a', code);
    expect(recoveryCodeHash('a', ` ${code.toLowerCase().replaceAll('-', ' ')}`)).toBe(hash);
    expect(recoveryCodeHash('b', code)).not.toBe(hash);
    expect(hash).not.toContain(code);
  });
});
