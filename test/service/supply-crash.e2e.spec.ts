import { BOUNDARIES, SupplyWorld } from '../support/supply-world.js';

let world: SupplyWorld;
beforeAll(async () => {
  world = await SupplyWorld.open();
});
afterAll(() => world?.close());

/** One honest source, one that loses the reply, one that refuses before another serves. */
const SCENES: readonly (readonly [string, readonly (readonly string[])[]])[] = [
  ['a source that delivers', [[]]],
  ['a source that takes the order and whose reply is lost', [['timeout-after']]],
  ['a source that refuses, and another', [['refuse-stock'], []]],
];
const QUANTITY = 2;

describe.each(SCENES)('an order at %s', (_, scripts) => {
  it.each(
    BOUNDARIES.flatMap((boundary) => [
      { boundary, deaths: 1, copies: 1 },
      { boundary, deaths: 2, copies: 1 },
      { boundary, deaths: 1, copies: 3 },
    ]),
  )(
    'ends the same when the worker dies $deaths times at “$boundary”, with $copies at work',
    async (fault) => {
      const { orderId, sources } = await world.anOrder(QUANTITY, scripts);
      expect(await world.drive(orderId, fault)).toBe('succeeded');
      expect(await world.cardsOf(orderId)).toBe(QUANTITY);
      expect(world.handedOut(sources)).toBe(QUANTITY);
      expect(await world.doctorFinds()).toEqual([]);
    },
    60_000,
  );
});
