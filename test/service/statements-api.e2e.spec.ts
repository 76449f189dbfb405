import { openSqlPool } from '#domain/database';
import { aCaller, startTestApi, type TestApi, type TestPlatform } from '../support/api.js';
import { SettlementWorld } from '../support/settlement-world.js';

let api: TestApi;
let world: SettlementWorld;
let platform: TestPlatform;
let stranger: TestPlatform;
let code: string;
beforeAll(async () => {
  api = await startTestApi();
  world = new SettlementWorld(openSqlPool(api.databaseUrl, 4, 'test'));
  const debtor = await world.aPlatform({ cycle: 'day', validFrom: '2026-10-28' });
  code = debtor.code;
  for (const day of ['28', '29', '30'])
    await world.book(debtor.id, 'order-charge', -1.2345, `2026-10-${day}T12:00:00`);
  await world.book(debtor.id, 'order-refund', 1, '2026-10-30T13:00:00');
  await world.closeAll('2026-10-31T01:00:00', code);
  const found = await world.pool.query<{ id: string }>(
    `SELECT id FROM statements WHERE statement_no = $1`,
    [`ST-${code}-2026-10-28`],
  );
  await world.pay(found.rows[0]?.id ?? '', 1, 'BANK-1');
  platform = await aCaller(api, debtor.id);
  stranger = await aCaller(api, (await world.aPlatform()).id);
});
afterAll(async () => {
  await world?.pool.end();
  await api?.close();
});

it('lists what was issued, the latest first, a page at a time', async () => {
  const first = await platform.call('GET', '/open/v1/statements?limit=2');
  expect(first.status).toBe(200);
  const items = first.json['items'] as unknown as Record<string, unknown>[];
  expect(items.map(({ statementNo }) => statementNo)).toEqual([
    `ST-${code}-2026-10-30`,
    `ST-${code}-2026-10-29`,
  ]);
  expect(items[0]).toEqual({
    statementNo: `ST-${code}-2026-10-30`,
    periodFrom: '2026-10-30',
    periodTo: '2026-10-30',
    status: 'issued',
    openingBalance: '-2.4690',
    totals: {
      orders: '-1.2345',
      refunds: '1.00',
      compensation: '0.00',
      fees: '0.00',
      topUps: '0.00',
      payments: '0.00',
      others: '0.00',
    },
    closingBalance: '-2.7035',
    lineCount: 2,
    amountDue: '0.2345',
    adjustedAmount: '0.00',
    paidAmount: '0.00',
    writtenOffAmount: '0.00',
    outstandingAmount: '0.2345',
    disputedAmount: '0.00',
    dueOn: '2026-11-10',
    isDueEstimated: false,
    latestDueOn: '2026-11-10',
    issuedAt: '2026-10-30T17:00:00.000Z',
    confirmedAt: null,
    settledAt: null,
  });
  const rest = await platform.call(
    'GET',
    `/open/v1/statements?limit=2&cursor=${String(first.json['nextCursor'])}`,
  );
  expect(
    (rest.json['items'] as unknown as { statementNo: string }[]).map((one) => one.statementNo),
  ).toEqual([`ST-${code}-2026-10-28`]);
  expect(rest.json['nextCursor']).toBeNull();
});

it('shows one with its payments and pages of its lines', async () => {
  const path = `/open/v1/statements/ST-${code}-2026-10-30`;
  const one = await platform.call('GET', `${path}?limit=1`);
  expect(one.json['lines']).toMatchObject({
    items: [{ kind: 'order-charge', orderNo: null, merchantOrderNo: null, amount: '-1.2345' }],
  });
  const { nextCursor } = one.json['lines'] as unknown as { nextCursor: string };
  const more = await platform.call('GET', `${path}?limit=1&cursor=${nextCursor}`);
  expect(more.json['lines']).toMatchObject({
    items: [{ kind: 'order-refund', amount: '1.00' }],
    nextCursor: null,
  });
  const paid = await platform.call('GET', `/open/v1/statements/ST-${code}-2026-10-28`);
  expect(paid.json).toMatchObject({
    paidAmount: '1.00',
    payments: [
      { amount: '1.00', source: 'bank', bankReference: 'BANK-1', receivedOn: '2026-11-02' },
    ],
  });
});

it('knows nothing of what belongs to another platform, of drafts, and of what is not there', async () => {
  const draft = await world.aPlatform({ validFrom: '2026-10-01', issuesItself: false });
  await world.closeAll('2026-11-01T01:00:00', draft.code);
  const drafter = await aCaller(api, draft.id);
  expect((await drafter.call('GET', '/open/v1/statements')).json['items']).toEqual([]);
  for (const [caller, no] of [
    [stranger, `ST-${code}-2026-10-30`],
    [drafter, `ST-${draft.code}-2026-10`],
    [platform, 'ST-nothing'],
    [platform, '%27%20OR%201'],
  ] as const) {
    const answer = await caller.call('GET', `/open/v1/statements/${no}`);
    expect([answer.status, answer.json['code']]).toEqual([404, 'statement.not-found']);
  }
});

it.each(['limit=0', 'limit=201', 'limit=x', 'cursor=nonsense', 'page=2'])(
  'refuses a list with %s',
  async (query) => {
    const answer = await platform.call('GET', `/open/v1/statements?${query}`);
    expect([answer.status, answer.json['code']]).toEqual([400, 'request.invalid']);
  },
);

it('is described in the OpenAPI document', async () => {
  const document = (await (await fetch(`${api.url}/open/openapi.json`)).json()) as {
    paths: Record<string, unknown>;
  };
  expect(Object.keys(document.paths)).toEqual(
    expect.arrayContaining(['/open/v1/statements', '/open/v1/statements/{statementNo}']),
  );
});
