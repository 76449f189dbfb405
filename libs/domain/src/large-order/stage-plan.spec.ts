import fc from 'fast-check';
import { lineAmountHao } from '../shared/money.js';
import { paidPerStage, planStages, requiredHao, unitsUpTo } from './stage-plan.js';

const STANDARD = { prepaymentPercent: 30, stagePercents: [40, 30, 30] };
const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);

const shares = fc
  .array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 12 })
  .map((parts) => {
    const total = sum(parts);
    const percents = parts.map((part) => Math.max(1, Math.floor((part * 100) / total)));
    const largest = percents.indexOf(Math.max(...percents));
    return percents.map((one, index) => (index === largest ? one + 100 - sum(percents) : one));
  })
  .filter((percents) => percents.every((one) => one >= 1));
const anOrder = fc.record({
  quantity: fc.integer({ min: 1, max: 10_000 }),
  unitPriceHao: fc.integer({ min: 1, max: 10 ** 9 }),
  needsPrepayment: fc.boolean(),
});
const aPlan = fc.record({
  prepaymentPercent: fc.integer({ min: 0, max: 100 }),
  stagePercents: shares,
});

describe('a plan of stages', () => {
  it('cuts 1,000 cards at 985.00 yuan into 400, 300 and 300, with 30 % paid before anything', () => {
    const order = { quantity: 1_000, unitPriceHao: 9_850_000, needsPrepayment: true };
    const planned = planStages(STANDARD, order);
    expect(planned.prepaymentHao).toBe(2_955_000_000);
    expect(planned.stages).toEqual([
      { stageNo: 1, quantity: 400, amountHao: 3_940_000_000, prepaidHao: 1_182_000_000 },
      { stageNo: 2, quantity: 300, amountHao: 2_955_000_000, prepaidHao: 886_500_000 },
      { stageNo: 3, quantity: 300, amountHao: 2_955_000_000, prepaidHao: 886_500_000 },
    ]);
  });

  it('leaves out stages that would have no unit', () => {
    const order = { quantity: 2, unitPriceHao: 10_000, needsPrepayment: true };
    expect(planStages(STANDARD, order).stages.map((stage) => stage.quantity)).toEqual([1, 1]);
  });

  it('asks for everything stage by stage where no prepayment is demanded', () => {
    const order = { quantity: 1_000, unitPriceHao: 10_000, needsPrepayment: false };
    const planned = planStages(STANDARD, order);
    expect(planned.prepaymentHao).toBe(0);
    expect(requiredHao(planned, 1)).toBe(4_000_000);
  });

  it('loses no unit and no hao, whatever the shares, and every running total is what so many units cost', () => {
    fc.assert(
      fc.property(aPlan, anOrder, (plan, order) => {
        const planned = planStages(plan, order);
        const amountHao = lineAmountHao(order.unitPriceHao, order.quantity);
        expect(sum(planned.stages.map((stage) => stage.quantity))).toBe(order.quantity);
        expect(sum(planned.stages.map((stage) => stage.prepaidHao))).toBe(planned.prepaymentHao);
        let valueHao = 0;
        for (const [index, stage] of planned.stages.entries()) {
          valueHao += stage.amountHao;
          expect(stage.stageNo).toBe(index + 1);
          expect(stage.quantity).toBeGreaterThan(0);
          expect(valueHao).toBe(
            lineAmountHao(order.unitPriceHao, unitsUpTo(planned.stages, stage.stageNo)),
          );
          expect(stage.prepaidHao).toBeGreaterThanOrEqual(0);
          expect(stage.prepaidHao).toBeLessThanOrEqual(stage.amountHao);
        }
        expect(valueHao).toBe(amountHao);
        expect(requiredHao(planned, planned.stages.length)).toBe(amountHao);
      }),
    );
  });

  it('never lets go more than has been paid, and shows all that was paid once the prepayment is complete', () => {
    fc.assert(
      fc.property(
        aPlan,
        anOrder,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (plan, order, share) => {
          const planned = planStages(plan, order);
          let releasedHao = 0;
          for (const stage of planned.stages) {
            releasedHao += stage.amountHao;
            expect(requiredHao(planned, stage.stageNo)).toBeGreaterThanOrEqual(releasedHao);
          }
          const dueHao = releasedHao - planned.prepaymentHao;
          const paidHao = planned.prepaymentHao + Math.floor(dueHao * share);
          expect(sum(paidPerStage(planned, paidHao))).toBe(paidHao);
        },
      ),
    );
  });
});
