import { chooseRoute, type RouteFacts, type RoutingQuestion } from './routing.js';
import type { AttemptStatus } from './attempt-status.js';

const NOW_MS = Date.parse('2026-11-24T12:00:00+08:00');

/** A source with nothing against it. */
function aRoute(code: string, given: Partial<RouteFacts> = {}): RouteFacts {
  return {
    routeId: `r-${code}`,
    supplierId: `s-${code}`,
    supplierCode: code,
    supplierProductId: '555',
    protocolKinds: ['card', 'top-up'],
    quantityMaxOfProtocol: { card: 100, 'top-up': 1 },
    costHao: 280_000,
    priority: 100,
    weight: 0,
    routeStatus: 'active',
    isStandby: false,
    supplierStatus: 'active',
    quantityMin: 1,
    quantityMax: null,
    regions: [],
    fieldNames: {},
    banWindows: [],
    balanceHao: null,
    balanceFloorHao: null,
    supplierStock: null,
    isOnShelf: null,
    isSlowCharge: false,
    inFlight: 0,
    recent: [],
    breakerResetAtMs: null,
    ...given,
  };
}

const ask = (routes: RouteFacts[], given: Partial<RoutingQuestion> = {}) =>
  chooseRoute({
    strategy: 'priority',
    routes,
    kind: 'card',
    quantity: 1,
    region: null,
    salePriceHao: 300_000,
    maySellAtLoss: false,
    triedRouteIds: [],
    nowMs: NOW_MS,
    dice: 0,
    ...given,
  });

const settled = (status: AttemptStatus, tookMs: number) => ({
  status,
  createdAtMs: NOW_MS - 60_000,
  settledAtMs: NOW_MS - 60_000 + tookMs,
});
const times = <Item>(count: number, item: Item): Item[] =>
  Array.from({ length: count }, () => item);

describe('what speaks against a source', () => {
  it.each<[string, Partial<RouteFacts>, Partial<RoutingQuestion>]>([
    ['supplier-paused', { supplierStatus: 'paused' }, {}],
    ['standby', { routeStatus: 'paused', isStandby: true }, {}],
    ['route-paused', { routeStatus: 'paused' }, {}],
    ['kind', { protocolKinds: ['card'] }, { kind: 'top-up' }],
    ['slow-charge', { isSlowCharge: true }, {}],
    ['off-shelf', { isOnShelf: false }, {}],
    ['account-missing', {}, { kind: 'top-up', account: { qq: '1', server: '2' } }],
    ['no-stock', { supplierStock: 0 }, {}],
    ['quantity', { quantityMin: 5 }, { quantity: 4 }],
    ['region', { regions: ['上海'] }, { region: '北京' }],
    ['ban-window', { banWindows: [{ from: '11:00', to: '13:00' }] }, {}],
    ['loss', { costHao: 300_001 }, {}],
    ['balance', { balanceHao: 1_000_000, balanceFloorHao: 800_000 }, {}],
    ['tried', {}, { triedRouteIds: ['r-a'] }],
    ['breaker-open', { recent: times(5, settled('failed', 59_000)) }, {}],
  ])('%s', (reason, route, question) => {
    const { chosen, choice } = ask(
      [aRoute('a', route), aRoute('b', { fieldNames: { qq: 'account' } })],
      question,
    );
    expect(chosen?.supplierCode).toBe('b');
    expect(choice.candidates.find(({ supplierCode }) => supplierCode === 'a')).toMatchObject({
      score: null,
      ineligible: reason,
    });
  });

  it('is told of every source, with those that may have the order first', () => {
    const { choice } = ask([
      aRoute('a', { isOnShelf: false }),
      aRoute('b'),
      aRoute('c', { priority: 1 }),
    ]);
    expect(choice.candidates.map((one) => [one.supplierCode, one.ineligible])).toEqual([
      ['c', null],
      ['b', null],
      ['a', 'off-shelf'],
    ]);
  });

  it('leaves nobody where it stands against all', () => {
    const { chosen, takes } = ask([aRoute('a', { costHao: 310_000 })]);
    expect([chosen, takes]).toEqual([undefined, 0]);
  });
});

describe('what does not', () => {
  it.each<[string, Partial<RouteFacts>, Partial<RoutingQuestion>]>([
    [
      'a cost above the sale price, where the product may sell at a loss',
      { costHao: 310_000 },
      { maySellAtLoss: true },
    ],
    ['a cost above no sale price: stock is bought', { costHao: 310_000 }, { salePriceHao: null }],
    ['a region that nobody named', { regions: ['上海'] }, {}],
    ['a balance that nobody has read', { balanceFloorHao: 800_000 }, {}],
    ['an active standby', { isStandby: true }, {}],
  ])('%s', (_, route, question) => {
    expect(ask([aRoute('a', route)], question).chosen?.supplierCode).toBe('a');
  });
});

it('no source tops up an account that another one is topping up', () => {
  const { chosen, choice } = ask([aRoute('a')], { kind: 'top-up', isAccountBusy: true });
  expect(chosen).toBeUndefined();
  expect(choice.candidates[0]?.ineligible).toBe('account-in-flight');
});

describe('a breaker that somebody has reset', () => {
  it('forgets what was before, and opens again on what comes after', () => {
    const recent = times(5, settled('failed', 59_000));
    const resetAtMs = NOW_MS - 30_000;
    const reset = ask([aRoute('a', { recent, breakerResetAtMs: resetAtMs })]);
    expect(reset.chosen?.supplierCode).toBe('a');
    const again = times(5, {
      status: 'failed' as const,
      createdAtMs: NOW_MS - 20_000,
      settledAtMs: NOW_MS - 1_000,
    });
    const failed = ask([aRoute('a', { recent: again, breakerResetAtMs: resetAtMs })]);
    expect(failed.choice.candidates[0]).toMatchObject({ ineligible: 'breaker-open' });
  });
});

describe('the score', () => {
  it('tells how each source does in every respect, and adds up where sources are balanced', () => {
    const routes = [aRoute('a'), aRoute('b', { costHao: 350_000, inFlight: 50 })];
    const { choice } = ask(routes, { strategy: 'balanced', maySellAtLoss: true });
    expect(choice.candidates.map(({ parts, score }) => [parts, score])).toEqual([
      [{ success: 0.9, cheapness: 1, speed: 0.5, room: 1 }, 89],
      [{ success: 0.9, cheapness: 0.8, speed: 0.5, room: 0.5 }, 81.5],
    ]);
  });

  it('compares costs with sources that may have the order, not with one that is paused', () => {
    const paused = aRoute('a', { costHao: 1, supplierStatus: 'paused' });
    const { choice } = ask([paused, aRoute('b')], { strategy: 'balanced' });
    expect(choice.candidates[0]?.parts?.cheapness).toBe(1);
  });
});

describe('after a rest', () => {
  const failedLongAgo = times(5, {
    status: 'failed' as const,
    createdAtMs: NOW_MS - 60_000,
    settledAtMs: NOW_MS - 40_000,
  });

  it('a source that has failed is tried with one order at a time', () => {
    expect(ask([aRoute('a', { recent: failedLongAgo })]).chosen?.supplierCode).toBe('a');
    expect(ask([aRoute('a', { recent: failedLongAgo, inFlight: 1 })]).chosen).toBeUndefined();
  });
});

describe('strategies', () => {
  it('priority: the smallest number first, whatever it costs; success decides among equals', () => {
    const dear = aRoute('a', { priority: 1, costHao: 299_000 });
    expect(ask([aRoute('b', { costHao: 100_000 }), dear]).chosen?.supplierCode).toBe('a');
    const shaky = aRoute('a', {
      recent: times(10, settled('failed', 1)).concat(times(8, settled('succeeded', 1))),
    });
    expect(ask([shaky, aRoute('b')]).chosen?.supplierCode).toBe('b');
  });

  it('cheapest: the smallest cost, whatever its priority', () => {
    const routes = [aRoute('a', { priority: 1 }), aRoute('b', { costHao: 279_900, priority: 9 })];
    expect(ask(routes, { strategy: 'cheapest' }).chosen?.supplierCode).toBe('b');
  });

  it('balanced: a source that fails half the time loses against one that costs three per cent more', () => {
    const half = [...times(10, settled('succeeded', 900)), ...times(10, settled('failed', 900))];
    const shaky = aRoute('a', { recent: half });
    const sound = aRoute('b', { costHao: 288_400, recent: times(20, settled('succeeded', 900)) });
    expect(ask([shaky, sound], { strategy: 'balanced' }).chosen?.supplierCode).toBe('b');
  });

  it('balanced: of two that deliver alike, the faster one', () => {
    const slow = aRoute('a', { recent: times(20, settled('succeeded', 60_000)) });
    const fast = aRoute('b', { recent: times(20, settled('succeeded', 1_000)) });
    expect(ask([slow, fast], { strategy: 'balanced' }).chosen?.supplierCode).toBe('b');
  });

  it('percentage: by weight, and a source without weight gets nothing', () => {
    const routes = [
      aRoute('a', { weight: 70 }),
      aRoute('b', { weight: 30 }),
      aRoute('c', { weight: 0 }),
    ];
    const counts: Record<string, number> = { a: 0, b: 0, c: 0 };
    for (let index = 0; index < 1_000; index += 1) {
      const { chosen } = ask(routes, { strategy: 'percentage', dice: index / 1_000 });
      counts[chosen?.supplierCode ?? ''] = (counts[chosen?.supplierCode ?? ''] ?? 0) + 1;
    }
    expect(counts).toEqual({ a: 700, b: 300, c: 0 });
  });

  it('percentage: the best where nobody has a weight', () => {
    const routes = [aRoute('a'), aRoute('b', { costHao: 100_000 })];
    expect(ask(routes, { strategy: 'percentage', dice: 0.99 }).chosen?.supplierCode).toBe('b');
  });
});

it.each<[string, Partial<RouteFacts>, number]>([
  ['all', {}, 250],
  ['what its protocol takes', { quantityMaxOfProtocol: { card: 100, 'top-up': 1 } }, 100],
  ['what the route takes', { quantityMax: 20 }, 20],
  ['what the supplier has', { supplierStock: 7 }, 7],
])('gives a source at once %s', (_, route, takes) => {
  const wide = { quantityMaxOfProtocol: { card: 1_000, 'top-up': 1 } };
  expect(ask([aRoute('a', { ...wide, ...route })], { quantity: 250 }).takes).toBe(takes);
});
