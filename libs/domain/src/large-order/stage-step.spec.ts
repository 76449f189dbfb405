import fc from 'fast-check';
import { DAY_MS } from '../shared/business-time.js';
import { planStages } from './stage-plan.js';
import { nextStageStep, type LargeOrderFacts } from './stage-step.js';

const DUE_MS = 1_795_000_000_000;
const DAY_SECONDS = DAY_MS / 1_000;
const planned = planStages(
  { prepaymentPercent: 30, stagePercents: [40, 30, 30] },
  { quantity: 1_000, unitPriceHao: 10_000, needsPrepayment: true },
);

const facts = (given: Partial<LargeOrderFacts> = {}): LargeOrderFacts => ({
  ...planned,
  status: 'awaiting-payment',
  isCancelAsked: false,
  sourcingQuantity: 0,
  deliveredQuantity: 0,
  releasedQuantity: 0,
  phase: 'prepayment',
  stageNo: 0,
  isPaused: false,
  paidHao: 0,
  dueAtMs: DUE_MS,
  graceSeconds: 4 * DAY_SECONDS,
  remindSeconds: [-DAY_SECONDS, 0, DAY_SECONDS],
  remindedCount: 0,
  ...given,
});

describe('a large order', () => {
  it('begins its first stage when the prepayment has cleared, not a fen before', () => {
    expect(nextStageStep(facts({ paidHao: 2_999_999 }), DUE_MS - 2 * DAY_MS).kind).toBe('wait');
    expect(nextStageStep(facts({ paidHao: 3_000_000 }), DUE_MS)).toEqual({
      kind: 'begin-stage',
      stageNo: 1,
    });
  });

  it('lets a stage go only when all money up to it has cleared', () => {
    const stage = { phase: 'payment' as const, stageNo: 1 };
    const before = nextStageStep(facts({ ...stage, paidHao: 5_799_999 }), DUE_MS - 2 * DAY_MS);
    expect(before.kind).toBe('wait');
    expect(nextStageStep(facts({ ...stage, paidHao: 5_800_000 }), DUE_MS).kind).toBe('release');
  });

  it('waits for a person while it is held, whatever was paid and however late it is', () => {
    const held = facts({ status: 'held', paidHao: 10_000_000 });
    expect(nextStageStep(held, DUE_MS + 99 * DAY_MS)).toEqual({ kind: 'wait', wakeAtMs: null });
  });

  it('reminds, pauses, reminds again and ends, each at its time', () => {
    const at = (days: number, given: Partial<LargeOrderFacts> = {}) =>
      nextStageStep(facts(given), DUE_MS + days * DAY_MS);
    expect(at(-2)).toEqual({ kind: 'wait', wakeAtMs: DUE_MS - DAY_MS });
    expect(at(-1)).toEqual({ kind: 'remind', rung: 1 });
    expect(at(-1, { remindedCount: 1 })).toEqual({ kind: 'wait', wakeAtMs: DUE_MS });
    expect(at(0, { remindedCount: 1 })).toEqual({ kind: 'pause' });
    expect(at(0, { remindedCount: 1, isPaused: true })).toEqual({ kind: 'remind', rung: 2 });
    expect(at(1, { remindedCount: 3, isPaused: true })).toEqual({
      kind: 'wait',
      wakeAtMs: DUE_MS + 4 * DAY_MS,
    });
    expect(at(4, { remindedCount: 3, isPaused: true })).toEqual({
      kind: 'end',
      because: 'overdue',
    });
  });

  it('counts money that has cleared before any clock, however late somebody looks', () => {
    fc.assert(
      fc.property(fc.integer({ min: -30, max: 300 }), fc.boolean(), (days, isPaused) => {
        const paid = facts({ phase: 'payment', stageNo: 1, paidHao: 10_000_000, isPaused });
        expect(nextStageStep(paid, DUE_MS + days * DAY_MS).kind).toBe('release');
      }),
    );
  });

  it('never sleeps past what is due next', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -10 * DAY_MS, max: 3 * DAY_MS }),
        fc.integer({ min: 0, max: 3 }),
        fc.boolean(),
        (offsetMs, remindedCount, isPaused) => {
          const nowMs = DUE_MS + offsetMs;
          const step = nextStageStep(facts({ remindedCount, isPaused }), nowMs);
          if (step.kind === 'wait') expect(step.wakeAtMs).toBeGreaterThan(nowMs);
        },
      ),
    );
  });

  it('waits for the platform’s word on a stage, then takes it as accepted', () => {
    const acceptance = facts({ phase: 'acceptance', stageNo: 1, paidHao: 5_800_000 });
    expect(nextStageStep(acceptance, DUE_MS - 1)).toEqual({ kind: 'wait', wakeAtMs: DUE_MS });
    expect(nextStageStep(acceptance, DUE_MS)).toEqual({ kind: 'accept' });
  });

  it('keeps a wish to cancel until no supplier may deliver any more', () => {
    const delivery = { phase: 'delivery' as const, status: 'processing' as const, stageNo: 1 };
    const asked = { ...delivery, isCancelAsked: true, releasedQuantity: 400 };
    expect(nextStageStep(facts({ ...asked, sourcingQuantity: 3 }), DUE_MS).kind).toBe('wait');
    expect(nextStageStep(facts(asked), DUE_MS)).toEqual({ kind: 'end', because: 'cancel' });
  });

  it('closes its stages once the order has ended, and then rests for ever', () => {
    expect(nextStageStep(facts({ status: 'succeeded', phase: 'delivery' }), DUE_MS).kind).toBe(
      'close',
    );
    expect(nextStageStep(facts({ phase: 'ended' }), DUE_MS)).toEqual({
      kind: 'wait',
      wakeAtMs: null,
    });
  });
});
