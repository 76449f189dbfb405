import { accountIdentity, mainAccountField } from './top-up-account.js';

describe('the account that is topped up', () => {
  it.each([
    [
      'is in the field of that name',
      { account: '138', region: '上海', server: '1' },
      {},
      'account',
    ],
    [
      'is in the field that the supplier calls so',
      { qq: '10001', server: '1' },
      { qq: 'account' },
      'qq',
    ],
    ['is in the only field there is', { phone: '138', region: '上海' }, {}, 'phone'],
    ['is not guessed among several', { qq: '10001', server: '1' }, {}, undefined],
  ])('%s', (_, account, fieldNames, expected) => {
    expect(mainAccountField(account, fieldNames)).toBe(expected);
  });

  it('is the same whatever else is said of it, and another where its number is another', () => {
    const one = accountIdentity({ account: '138', region: '上海' });
    expect(accountIdentity({ account: ' 138' })).toBe(one);
    expect(accountIdentity({ phone: '138' })).toBe(one);
    expect(accountIdentity({ account: '139' })).not.toBe(one);
    const game = accountIdentity({ qq: '10001', server: '1' });
    expect(accountIdentity({ server: '1', qq: '10001' })).toBe(game);
    expect(accountIdentity({ server: '2', qq: '10001' })).not.toBe(game);
  });
});
