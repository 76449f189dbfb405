import fc from 'fast-check';
import { DAY_MS } from '../shared/business-time.js';
import { filterFault } from './affected-filter.js';
import { incidentGift, type IncidentTerms } from './incident-gift.js';

const terms = (more: Partial<IncidentTerms>): IncidentTerms => ({
  remedy: 'credit',
  days: 0,
  dayCostHao: 0,
  percent: 0,
  fixedHao: 0,
  ...more,
});
const order = { deliveredQuantity: 2, keptHao: 1_000_000, compensatedHao: 0 };

describe('what an affected order gets', () => {
  it('is days for each delivered piece, at their cost', () => {
    const days = terms({ remedy: 'service-days', days: 30, dayCostHao: 1_000 });
    expect(incidentGift(days, order)).toEqual({ amountHao: 60_000, skipReason: null });
    expect(incidentGift(days, { ...order, deliveredQuantity: 0 })).toEqual({
      amountHao: 0,
      skipReason: 'nothing-delivered',
    });
  });

  it('is a share of what was paid, in whole fen', () => {
    expect(incidentGift(terms({ percent: 10 }), { ...order, keptHao: 985_050 }).amountHao).toBe(
      98_500,
    );
  });

  it('is nothing where all that was paid has been given back', () => {
    const gone = { ...order, compensatedHao: 1_000_000 };
    expect(incidentGift(terms({ fixedHao: 50_000 }), gone).skipReason).toBe('nothing-left');
  });

  it('is never more than what is left of what was paid', () => {
    const hao = fc.integer({ min: 0, max: 1_000_000_000 });
    fc.assert(
      fc.property(
        hao,
        hao,
        hao,
        fc.integer({ min: 0, max: 100 }),
        (kept, given, fixed, percent) => {
          const facts = { deliveredQuantity: 1, keptHao: kept, compensatedHao: given };
          const gift = incidentGift(terms({ fixedHao: fixed, percent }), facts);
          expect(gift.amountHao).toBeGreaterThanOrEqual(0);
          if (gift.skipReason === null) expect(gift.amountHao + given).toBeLessThanOrEqual(kept);
          else expect(gift.amountHao).toBe(0);
        },
      ),
    );
  });
});

describe('a filter of affected orders', () => {
  const filter = {
    productCodes: [],
    supplierCodes: [],
    platformCodes: [],
    statuses: ['succeeded'] as const,
    fromMs: 0,
    toMs: DAY_MS,
  };
  it('names a period, and orders that have ended', () => {
    expect(filterFault(filter)).toBeUndefined();
    expect(filterFault({ ...filter, toMs: 0 })).toBe('period');
    expect(filterFault({ ...filter, toMs: 93 * DAY_MS })).toBe('period');
    expect(filterFault({ ...filter, statuses: ['processing'] })).toBe('status');
    expect(filterFault({ ...filter, statuses: [] })).toBe('status');
  });
});
