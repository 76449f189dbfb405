import { accountRefusal } from './account-fields.js';
import { saleRefusal, type SaleRules } from './sale-rules.js';

const aProduct = (given: Partial<SaleRules> = {}): SaleRules => ({
  code: 'STEAM-100',
  status: 'on-sale',
  minQuantity: 2,
  maxQuantity: 11,
  quantityStep: 3,
  bannedChannels: ['taobao'],
  ...given,
});

describe('what may be sold', () => {
  it.each([2, 5, 8, 11])('takes quantity %i: the least plus whole steps', (quantity) => {
    expect(saleRefusal(aProduct(), quantity, null)).toBeUndefined();
  });

  it.each([0, 1, 3, 12, 14, 2.5])('refuses quantity %p', (quantity) => {
    expect(saleRefusal(aProduct(), quantity, null)?.code).toBe('order.quantity-out-of-range');
  });

  it.each(['draft', 'off-sale', 'retired'] as const)('refuses a product that is %s', (status) => {
    expect(saleRefusal(aProduct({ status }), 2, null)?.code).toBe('product.off-sale');
  });

  it('refuses a banned channel and no other', () => {
    expect(saleRefusal(aProduct(), 2, 'taobao')?.code).toBe('product.banned-channel');
    expect(saleRefusal(aProduct(), 2, 'jd')).toBeUndefined();
  });
});

describe('the account of an order', () => {
  const template = [
    { name: 'phone', label: '手机号', required: true, maxLength: 11 },
    { name: 'region', label: '区服', required: false, maxLength: 3 },
  ];

  it('fits with the required fields alone, and with the optional ones', () => {
    expect(accountRefusal(template, { phone: '13800000000' })).toBeUndefined();
    expect(accountRefusal(template, { phone: '1', region: 'cn' })).toBeUndefined();
    expect(accountRefusal([], {})).toBeUndefined();
  });

  it.each([
    { why: 'a required field is missing', account: {}, field: 'phone' },
    { why: 'a required field is empty', account: { phone: '' }, field: 'phone' },
    { why: 'a field is too long', account: { phone: '1', region: 'asia' }, field: 'region' },
    { why: 'a field is not asked for', account: { phone: '1', mail: 'x' }, field: 'mail' },
  ])('is refused when $why, naming the field', ({ account, field }) => {
    expect(accountRefusal(template, account)).toEqual({
      ok: false,
      code: 'order.account-invalid',
      params: { field },
    });
  });

  it('refuses a field whose name every object has', () => {
    expect(accountRefusal([], { constructor: 'x' })?.code).toBe('order.account-invalid');
  });
});
