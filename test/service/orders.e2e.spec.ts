import { codesOf, TestShop } from '../support/shop.js';
import { aProduct } from '../support/trade.js';

let shop: TestShop;
beforeAll(async () => {
  shop = await TestShop.open();
}, 60_000);
afterAll(async () => {
  await shop?.close();
});

describe('submitting an order', () => {
  it('answers an in-stock order final, with its codes, charged once', async () => {
    const platform = await shop.aPlatform();
    const product = await aProduct(shop.api.db, { priceHao: 453_333 });
    await product.stock(5);
    const before = await platform.balanceFen();
    const answer = await platform.submit(shop.anOrder(product, 3));
    expect(answer.status).toBe(201);
    expect(answer.json).toMatchObject({
      status: 'succeeded',
      deliveredQuantity: 3,
      unitPrice: '45.3333',
      amount: '136.00',
    });
    expect(new Set(codesOf([answer])).size).toBe(3);
    expect(before - (await platform.balanceFen())).toBe(13_600);
  });

  it('makes one order of 50 identical submits at once: one code gone, one charge, 50 identical answers', async () => {
    const platform = await shop.aPlatform();
    const product = await aProduct(shop.api.db);
    await product.stock(60);
    const before = await platform.balanceFen();
    const order = shop.anOrder(product);
    const answers = await Promise.all(Array.from({ length: 50 }, () => platform.submit(order)));
    expect(answers.filter((one) => one.status === 201)).toHaveLength(1);
    expect(answers.filter((one) => one.status === 200)).toHaveLength(49);
    expect(new Set(answers.map((one) => one.text)).size).toBe(1);
    expect(before - (await platform.balanceFen())).toBe(9_850);
    const left = await shop.api.db.query('SELECT 1 FROM card_stock WHERE product_id = $1', [
      product.id,
    ]);
    expect(left.rowCount).toBe(59);
  });

  it('refuses the number with other content, and keeps a refused number free', async () => {
    const platform = await shop.aPlatform();
    const product = await aProduct(shop.api.db);
    const gone = await aProduct(shop.api.db, { status: 'off-sale' });
    await product.stock(5);
    const order = shop.anOrder(gone);
    expect((await platform.submit(order)).json['code']).toBe('product.off-sale');
    expect((await platform.submit({ ...order, productCode: product.code })).status).toBe(201);
    expect(
      (await platform.submit({ ...order, productCode: product.code, quantity: 2 })).json['code'],
    ).toBe('order.number-reused');
  });

  it.each([
    ['quantity 0', { quantity: 0 }, '#/quantity'],
    ['quantity 10^9', { quantity: 1e9 }, '#/quantity'],
    ['quantity "2"', { quantity: '2' }, '#/quantity'],
    ['an unknown field', { colour: 'red' }, '#/colour'],
    ['a NUL in the remark', { remark: 'a\u0000b' }, '#/remark'],
    ['half a surrogate pair', { remark: 'a\ud800b' }, '#/remark'],
    ['an account field that is no text', { account: { name: 5 } }, '#/account/name'],
  ])('names the field that is wrong and writes nothing: %s', async (_, change, pointer) => {
    const platform = await shop.aPlatform();
    const product = await aProduct(shop.api.db);
    const order = { ...shop.anOrder(product), ...change };
    const answer = await platform.submit(order);
    expect([answer.status, answer.json['code']]).toEqual([400, 'request.invalid']);
    expect(
      (answer.json['errors'] as unknown as { pointer: string }[]).map((error) => error.pointer),
    ).toContain(pointer);
    expect((await platform.order(order.merchantOrderNo)).status).toBe(404);
  });

  it('refuses by business rule without touching stock or balance', async () => {
    const platform = await shop.aPlatform({ isSandbox: true, callbackHosts: ['127.0.0.1'] });
    const product = await aProduct(shop.api.db);
    await product.stock(2_000);
    const scarce = await aProduct(shop.api.db, { mayWait: false });
    const before = await platform.balanceFen();
    const codes = await Promise.all(
      [
        shop.anOrder(scarce),
        shop.anOrder(product, 2, { maxAmount: '196.99' }),
        shop.anOrder(product, 200),
        shop.anOrder(product, 1, { callbackUrl: 'http://127.0.0.2:9/' }),
        shop.anOrder({ ...product, code: 'NO-SUCH' }),
        shop.anOrder(product, 1, { account: { name: 'x' } }),
      ].map(async (order) => (await platform.submit(order)).json['code']),
    );
    expect(codes).toEqual([
      'product.out-of-stock',
      'order.price-above-max',
      'credit.exceeded',
      'callback.url-not-allowed',
      'product.not-found',
      'order.account-invalid',
    ]);
    expect(await platform.balanceFen()).toBe(before);
  });
});

describe('waiting for cards', () => {
  it('delivers 100 of 200 orders at once for 100 cards, none twice, and the rest when 100 more arrive', async () => {
    const platform = await shop.aPlatform();
    await shop.api.db.query(
      `UPDATE ledger_accounts SET balance_hao = balance_hao WHERE platform_id = $1`,
      [platform.id],
    );
    const product = await aProduct(shop.api.db, { priceHao: 10_000 });
    await product.stock(100);
    const orders = Array.from({ length: 200 }, () => shop.anOrder(product));
    const answers = await Promise.all(orders.map((order) => platform.submit(order)));
    expect(answers.every((one) => one.status === 201)).toBe(true);
    expect(answers.filter((one) => one.json['status'] === 'succeeded')).toHaveLength(100);
    await product.stock(100);
    expect(await shop.fill(product)).toMatchObject({ deliveredUnits: 100 });
    const views = await Promise.all(orders.map((order) => platform.order(order.merchantOrderNo)));
    expect(views.every((one) => one.json['status'] === 'succeeded')).toBe(true);
    expect(new Set(codesOf(views)).size).toBe(200);
  });

  it('never lets a new order overtake a waiting one that could have been filled, but passes over one that cannot', async () => {
    const platform = await shop.aPlatform();
    const product = await aProduct(shop.api.db, { priceHao: 10_000 });
    const [large, small, late, tooMany] = [
      shop.anOrder(product, 50),
      shop.anOrder(product, 3),
      shop.anOrder(product, 2),
      shop.anOrder(product, 6),
    ];
    await platform.submit(large);
    await platform.submit(small);
    await product.stock(8);
    // 3 of the 8 belong to the small one, the large one cannot be filled: 5 are free.
    expect((await platform.submit(tooMany)).json['status']).toBe('processing');
    expect((await platform.submit(late)).json['status']).toBe('succeeded');
    await shop.fill(product);
    expect((await platform.order(small.merchantOrderNo)).json['status']).toBe('succeeded');
    expect((await platform.order(large.merchantOrderNo)).json['status']).toBe('processing');
    await product.stock(60);
    await shop.fill(product);
    const statuses = await Promise.all(
      [large, tooMany].map((order) => platform.order(order.merchantOrderNo)),
    );
    expect(statuses.map((one) => one.json['status'])).toEqual(['succeeded', 'succeeded']);
  });

  it('gives the money back once, however often a waiting order is cancelled at once', async () => {
    const platform = await shop.aPlatform();
    const product = await aProduct(shop.api.db);
    const before = await platform.balanceFen();
    const order = shop.anOrder(product, 4);
    await platform.submit(order);
    expect(before - (await platform.balanceFen())).toBe(39_400);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => platform.cancel(order.merchantOrderNo)),
    );
    expect(answers.map((one) => one.status)).toEqual(Array.from({ length: 10 }, () => 200));
    expect(answers[0]?.json).toMatchObject({
      status: 'cancelled',
      refundedAmount: '394.00',
      failCode: 'cancelled-by-platform',
    });
    expect(await platform.balanceFen()).toBe(before);
  });

  it('either cancels or delivers when both happen at once, never both', async () => {
    const platform = await shop.aPlatform();
    const product = await aProduct(shop.api.db, { priceHao: 10_000 });
    const orders = Array.from({ length: 20 }, () => shop.anOrder(product));
    await Promise.all(orders.map((order) => platform.submit(order)));
    await product.stock(20);
    const before = await platform.balanceFen();
    const [, ...cancels] = await Promise.all([
      shop.fill(product),
      ...orders.map((order) => platform.cancel(order.merchantOrderNo)),
    ]);
    const views = await Promise.all(orders.map((order) => platform.order(order.merchantOrderNo)));
    for (const [index, view] of views.entries())
      expect(view.json['status']).toBe(cancels[index]?.status === 200 ? 'cancelled' : 'succeeded');
    const cancelled = views.filter((view) => view.json['status'] === 'cancelled').length;
    expect((await platform.balanceFen()) - before).toBe(cancelled * 100);
  });
});
