import { languageOf } from './language.js';
import { errorText, flatMessagesOf, translate } from './translate.js';

const namesIn = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1] ?? '').sort();

describe('texts', () => {
  it('fills parameters in and shows a missing one as a dash', () => {
    const text = errorText('en', 'credit.exceeded', { amount: '197.00' });
    expect(text).toContain('197.00 yuan');
    expect(errorText('zh-CN', 'credit.exceeded')).toContain('— 元');
  });

  it('finds a text whose key holds dots of its own', () => {
    expect(translate('zh-CN', 'enum.orderFailCode.out-of-stock')).toBe('等待期内没有足够的库存');
    expect(translate('en', 'errorTitle.order.not-found')).toBe('Order not found');
  });

  it('names the same parameters in both languages', () => {
    const english = flatMessagesOf('en');
    for (const [key, text] of flatMessagesOf('zh-CN'))
      expect([key, namesIn(english.get(key) ?? '')]).toEqual([key, namesIn(text)]);
  });

  it('leaves no text empty', () => {
    for (const language of ['zh-CN', 'en'] as const)
      for (const [key, text] of flatMessagesOf(language))
        expect([key, text.trim()]).not.toEqual([key, '']);
  });
});

describe('languageOf', () => {
  it.each([
    [undefined, 'zh-CN'],
    ['', 'zh-CN'],
    ['en-GB,en;q=0.9', 'en'],
    ['zh-TW', 'zh-CN'],
    ['fr', 'zh-CN'],
    ['fr, en;q=0.5', 'en'],
    ['zh;q=0.4, en;q=0.8', 'en'],
    ['en;q=0, zh', 'zh-CN'],
    ['*', 'zh-CN'],
    ['en;q=x', 'en'],
  ])('takes %s as %s', (header, expected) => {
    expect(languageOf(header)).toBe(expected);
  });
});
