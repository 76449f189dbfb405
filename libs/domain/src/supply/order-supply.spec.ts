import { nextOrderStep, type OrderAttempt, type OrderSupply } from './order-supply.js';

const NOW_MS = 1_795_000_000_000;
const anAttempt = (given: Partial<OrderAttempt> = {}): OrderAttempt => ({
  attemptId: '1',
  attemptNo: 'K1',
  supplierCode: 'a',
  routeId: 'route-a',
  status: 'accepted',
  maySend: false,
  nextQueryAtMs: NOW_MS + 5_000,
  isUndecided: false,
  refusal: null,
  round: 0,
  ...given,
});
const anOrder = (given: Partial<OrderSupply> = {}): OrderSupply => ({
  orderId: '1',
  status: 'processing',
  version: 1,
  productId: 'p',
  kind: 'card',
  strategy: 'priority',
  maySellAtLoss: false,
  unitPriceHao: 100_000,
  account: {},
  deadlineAtMs: NOW_MS + 600_000,
  isCancelAsked: false,
  freeUnits: 1,
  round: 0,
  hasRoutes: true,
  attempts: [],
  ...given,
});

describe('the next step of an order', () => {
  it('gives free units to sources that had no turn in this round', () => {
    const attempts = [anAttempt({ status: 'rejected', refusal: 'stock' })];
    const step = nextOrderStep(anOrder({ attempts }), NOW_MS);
    expect(step.need).toEqual({ freeUnits: 1, triedRouteIds: ['route-a'] });
  });

  it('lets a source have its turn again in the next round', () => {
    const attempts = [anAttempt({ status: 'failed', round: 0 })];
    expect(nextOrderStep(anOrder({ attempts, round: 1 }), NOW_MS).need?.triedRouteIds).toEqual([]);
  });

  it('buys nothing for units that a supplier may still deliver', () => {
    const attempts = [anAttempt({ status: 'unknown' })];
    const step = nextOrderStep(anOrder({ attempts, freeUnits: 0 }), NOW_MS);
    expect(step.need).toBeNull();
    expect(step.wakeAtMs).toBe(NOW_MS + 5_000);
  });

  it('sends what was written and not sent, and asks about what was', () => {
    const attempts = [
      anAttempt({ attemptId: '1', status: 'prepared', maySend: true, nextQueryAtMs: null }),
      anAttempt({ attemptId: '2', status: 'prepared', nextQueryAtMs: NOW_MS }),
      anAttempt({ attemptId: '3', status: 'prepared', maySend: true, nextQueryAtMs: NOW_MS + 1 }),
      anAttempt({ attemptId: '4', nextQueryAtMs: null }),
    ];
    const { calls } = nextOrderStep(anOrder({ attempts, freeUnits: 0 }), NOW_MS);
    expect(calls.map(({ kind, attemptId }) => `${kind} ${attemptId}`)).toEqual([
      'send 1',
      'query 2',
    ]);
  });

  it('ends at the deadline where nothing is under way, and not a moment before', () => {
    expect(nextOrderStep(anOrder({ deadlineAtMs: NOW_MS + 1 }), NOW_MS).end).toBeNull();
    expect(nextOrderStep(anOrder({ deadlineAtMs: NOW_MS }), NOW_MS).end).toBe('deadline');
  });

  it('never ends while a supplier may still deliver: a person is asked instead', () => {
    const attempts = [anAttempt({ status: 'unknown' })];
    const step = nextOrderStep(anOrder({ attempts, deadlineAtMs: NOW_MS, freeUnits: 1 }), NOW_MS);
    expect(step).toMatchObject({ end: null, need: null, undecidedIds: ['1'] });
  });

  it('buys nothing more once it is to be cancelled or its account was refused', () => {
    const refused = [anAttempt({ status: 'rejected', refusal: 'account' })];
    expect(nextOrderStep(anOrder({ isCancelAsked: true }), NOW_MS)).toMatchObject({
      need: null,
      end: 'cancel',
    });
    expect(nextOrderStep(anOrder({ attempts: refused }), NOW_MS)).toMatchObject({
      need: null,
      end: 'account-refused',
    });
  });
});
