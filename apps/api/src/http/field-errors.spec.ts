import { createOrder } from '../orders/orders.dto.js';
import { pageQuery } from './fields.js';
import { Problem } from './problem.js';
import { parseBody, parseQuery } from './validate.js';

type Told = readonly { readonly pointer: string; readonly detail: string }[];

const right = { merchantOrderNo: 'M-1', productCode: 'P', quantity: 1 };

/** What a platform is told about a body, in both languages. */
function toldAbout(work: () => unknown): { en: Told; zh: Told } {
  try {
    work();
  } catch (error) {
    const told = (language: 'en' | 'zh-CN'): Told =>
      (error as Problem).body(language, 'id')['errors'] as Told;
    return { en: told('en'), zh: told('zh-CN') };
  }
  throw new Error('nothing was wrong');
}
const toldAboutBody = (body: unknown): { en: Told; zh: Told } =>
  toldAbout(() => parseBody(createOrder, Buffer.from(JSON.stringify(body))));

it.each<[string, Record<string, unknown>, string, string, string]>([
  ['a missing field', { quantity: undefined }, '#/quantity', 'missing', '缺少'],
  ['null', { quantity: null }, '#/quantity', 'must be a number', '应为数字'],
  ['a text for a number', { quantity: '2' }, '#/quantity', 'must be a number', '应为数字'],
  ['a fraction', { quantity: 1.5 }, '#/quantity', 'whole number', '应为整数'],
  ['too few', { quantity: 0 }, '#/quantity', 'not be less than 1', '不能小于 1'],
  ['too many', { quantity: 10_001 }, '#/quantity', 'not be more than 10000', '不能大于 10000'],
  ['an empty text', { remark: '' }, '#/remark', 'at least 1 long', '至少 1 个字符'],
  ['a long text', { remark: 'x'.repeat(501) }, '#/remark', 'at most 500', '最多 500 个字符'],
  ['a number for a text', { remark: 5 }, '#/remark', 'must be a string', '应为字符串'],
  ['a line break', { remark: 'a\nb' }, '#/remark', 'control characters', '控制字符'],
  ['half a pair', { remark: 'a\ud800b' }, '#/remark', 'half a character', '不完整的字符'],
  ['an order number', { merchantOrderNo: 'x' }, '#/merchantOrderNo', '2 to 32', '2 至 32'],
  ['a product code', { productCode: 'a b' }, '#/productCode', 'visible ASCII', '可见的 ASCII'],
  ['an amount', { maxAmount: '1,5' }, '#/maxAmount', 'decimal amount', '十进制金额'],
  ['an address', { callbackUrl: 'ftp://x' }, '#/callbackUrl', 'not an http', '不是 http'],
  ['a list of fields', { account: [] }, '#/account', 'must be an object', '应为对象'],
  ['a field name', { account: { '1': 'x' } }, '#/account/1', 'begins with a letter', '以字母开头'],
  ['an unknown field', { 'a/b': 1 }, '#/a~1b', 'no such field', '没有这个字段'],
])('says in the language asked for what is wrong: %s', (_, change, pointer, english, chinese) => {
  const { en, zh } = toldAboutBody({ ...right, ...change });
  expect(en).toEqual([{ pointer, detail: expect.stringContaining(english) }]);
  expect(zh).toEqual([{ pointer, detail: expect.stringContaining(chinese) }]);
});

it('says so where the body is no JSON, and where a query does not fit', () => {
  expect(toldAbout(() => parseBody(createOrder, Buffer.from('{"a":'))).zh).toEqual([
    { pointer: '#', detail: '不是 UTF-8 编码的有效 JSON' },
  ]);
  expect(toldAbout(() => parseQuery(pageQuery, { limit: 'x' })).zh).toEqual([
    { pointer: '#query/limit', detail: '应为数字' },
  ]);
});
