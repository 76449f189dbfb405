import { ADAPTERS } from '#domain/protocol';
import type { Simulator } from '../../tools/simulator/simulator.js';
import {
  ledgerNumbers,
  MINUTE_MS,
  numbers,
  pause,
  startSimulator,
  SupplierBench,
} from '../support/conformance.js';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.stop());

describe('conservation', () => {
  const MIX = {
    accept: 30,
    'timeout-before': 5,
    'timeout-after': 5,
    'http-500-after': 5,
    'html-before': 5,
    'truncated-after': 5,
    'duplicate-after': 5,
    'system-after': 5,
    'refuse-stock': 5,
    fail: 5,
    'part-success': 5,
    'wrong-order': 5,
    slow: 5,
    'created-201': 5,
  };

  it.each(Object.keys(ADAPTERS))(
    'of %s: what the adapter calls delivered is what the supplier handed out, order by order',
    async (protocol) => {
      const bench = await SupplierBench.open(simulator, protocol, `mix-${protocol}`);
      await bench.control(`/control/suppliers/${bench.code}/behaviour`, { mix: MIX });
      const requests = Array.from({ length: 40 }, () => bench.request());
      await Promise.all(requests.map((request) => bench.create(request)));
      await pause(1_000);
      const told = new Map<string, { units: number; cards: readonly string[] }>();
      for (const request of requests) {
        const verdict = await bench.verdict(request, 60 * MINUTE_MS, { firstNotFoundAtMs: 0 });
        told.set(request.attemptNo, delivered(verdict, request.quantity));
      }
      const ledger = await bench.ledger();
      for (const { attemptNo } of requests) {
        const real = ledger.find((entry) => entry.attemptNo === attemptNo);
        expect([attemptNo, told.get(attemptNo)]).toEqual([
          attemptNo,
          { units: real?.deliveredUnits ?? 0, cards: ledgerNumbers(real) },
        ]);
      }
      expect(new Set(ledger.map(({ behaviour }) => behaviour)).size).toBeGreaterThan(5);
      const all = ledger.flatMap((entry) => ledgerNumbers(entry));
      expect(new Set(all).size).toBe(all.length);
    },
  );

  function delivered(
    verdict: Awaited<ReturnType<SupplierBench['verdict']>>,
    quantity: number,
  ): { units: number; cards: readonly string[] } {
    switch (verdict.verdict) {
      case 'succeeded':
        return { units: quantity + verdict.surplus, cards: numbers(verdict.report.cards) };
      case 'partial':
        return { units: verdict.deliveredUnits, cards: numbers(verdict.report.cards) };
      case 'processing':
        return { units: verdict.cardsSoFar.length, cards: numbers(verdict.cardsSoFar) };
      default:
        return { units: 0, cards: [] };
    }
  }
});
