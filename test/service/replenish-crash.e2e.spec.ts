import {
  aRule,
  askFor,
  aStockedProduct,
  driveReplenishment,
  inStock,
} from '../support/replenishing.js';
import { BOUNDARIES, SupplyWorld } from '../support/supply-world.js';

let world: SupplyWorld;
beforeAll(async () => {
  world = await SupplyWorld.open();
});
afterAll(() => world?.close());

const SCENES: readonly (readonly [string, readonly (readonly string[])[]])[] = [
  ['a source that delivers', [[]]],
  ['a source that takes the order and whose reply is lost', [['timeout-after']]],
  ['a source that refuses, and another', [['refuse-stock'], []]],
];
const QUANTITY = 5;

describe.each(SCENES)('stock that is bought from %s', (_, scripts) => {
  it.each(
    BOUNDARIES.flatMap((boundary) => [
      { boundary, deaths: 1, copies: 1 },
      { boundary, deaths: 2, copies: 1 },
      { boundary, deaths: 1, copies: 3 },
    ]),
  )(
    'is bought once when the worker dies $deaths times at “$boundary”, with $copies at work',
    async (fault) => {
      const { productId, sources } = await aStockedProduct(world, scripts);
      await aRule(world, productId);
      const { replenishmentId } = await askFor(world, productId, QUANTITY);
      expect(await driveReplenishment(world, replenishmentId, fault)).toBe('reached');
      expect(await inStock(world, productId)).toBe(QUANTITY);
      expect(world.handedOut(sources)).toBe(QUANTITY);
      expect(await world.doctorFinds()).toEqual([]);
    },
    60_000,
  );
});
