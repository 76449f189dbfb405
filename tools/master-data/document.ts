import { z } from 'zod';
import {
  GUARD_MEANINGS,
  isClockText,
  parseYuan,
  PRODUCT_CATEGORIES,
  PRODUCT_KINDS,
  PRODUCT_STATUSES,
  ROUTE_STATUSES,
  SUPPLIER_STATUSES,
  SUPPLY_STRATEGIES,
} from '#domain';
import { ADAPTERS } from '#domain/protocol';

const CODE = /^[A-Za-z0-9_-]+$/;
const code = (max: number) =>
  z.string().min(1).max(max).regex(CODE, 'letters, digits, _ and - only');
const count = (min: number, max: number) => z.int().min(min).max(max);

/** Decimal yuan as text, as the platform API writes it; a plain number is understood, too. */
const yuan = z
  .union([z.string(), z.number()])
  .refine((given) => (parseYuan(String(given)) ?? -1) >= 0, {
    error: 'yuan with at most four decimals, for example "98.50"',
  })
  .meta({ description: 'yuan, at most four decimals, for example "98.50"' });
const cost = yuan.refine((given) => Number(given) > 0, { error: 'more than zero' });

const clock = z.string().refine(isClockText, { error: 'a time of day such as "23:30"' });
const banWindow = z.strictObject({
  from: clock,
  to: clock,
  weekdays: z.array(count(1, 7)).max(7).optional(),
});

const secret = z.union([
  z.string().min(1).max(500),
  z.strictObject({ env: z.string().min(1).meta({ description: 'environment variable' }) }),
  z.strictObject({ prompt: z.literal(true) }),
]);

const supplier = z.strictObject({
  code: code(40),
  name: z.string().min(1).max(120).optional(),
  protocol: z.enum(Object.keys(ADAPTERS) as [string, ...string[]]).optional(),
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .max(300)
    .optional(),
  credentials: z
    .strictObject({ account: z.string().min(1).max(120).optional(), secret: secret.optional() })
    .optional(),
  status: z.enum(SUPPLIER_STATUSES).optional(),
  isSandbox: z.boolean().optional(),
  guardMeaning: z.enum(GUARD_MEANINGS).nullable().optional(),
  limits: z
    .strictObject({
      createsPerSecond: z.number().positive().max(10_000).nullable().optional(),
      queriesPerSecond: z.number().positive().max(10_000).nullable().optional(),
      concurrency: count(1, 500).optional(),
      replyTimeoutSeconds: count(1, 300).optional(),
      notFoundGraceSeconds: count(0, 86_400).nullable().optional(),
    })
    .optional(),
  balanceFloor: yuan.nullable().optional(),
  banWindows: z.array(banWindow).max(20).optional(),
});

const accountField = z.strictObject({
  name: z.string().min(1).max(40),
  label: z.string().min(1).max(60),
  required: z.boolean(),
  maxLength: count(1, 500),
});

const product = z.strictObject({
  code: code(64),
  name: z.string().min(1).max(160).optional(),
  kind: z.enum(PRODUCT_KINDS).optional(),
  status: z.enum(PRODUCT_STATUSES).optional(),
  minQuantity: count(1, 10_000).optional(),
  maxQuantity: count(1, 10_000).optional(),
  quantityStep: count(1, 10_000).optional(),
  mayWait: z.boolean().optional(),
  waitSeconds: count(1, 2_592_000).optional(),
  lowStockThreshold: count(0, 1_000_000).optional(),
  runwayHoursMin: count(0, 10_000).optional(),
  supplyStrategy: z.enum(SUPPLY_STRATEGIES).optional(),
  maySellAtLoss: z.boolean().optional(),
  accountFields: z.array(accountField).max(20).optional(),
  bannedChannels: z.array(z.string().min(1).max(40)).max(50).optional(),
  category: z.enum(PRODUCT_CATEGORIES).optional(),
  licenceTermDays: count(1, 36_500).nullable().optional(),
});

const price = z.strictObject({
  product: code(64),
  platform: code(40).nullable().optional(),
  unitPrice: cost,
  minQuantity: count(1, 10_000).optional(),
  maxQuantity: count(1, 10_000).nullable().optional(),
});

const route = z.strictObject({
  product: code(64),
  supplier: code(40),
  supplierProductId: z.union([z.string().min(1).max(80), z.int()]),
  cost,
  priority: count(0, 100_000).optional(),
  weight: count(0, 100_000).optional(),
  status: z.enum(ROUTE_STATUSES).optional(),
  isStandby: z.boolean().optional(),
  quantityMin: count(1, 10_000).optional(),
  quantityMax: count(1, 10_000).nullable().optional(),
  regions: z.array(z.string().min(1).max(40)).max(100).optional(),
  banWindows: z.array(banWindow).max(20).optional(),
  fieldNames: z.record(z.string().max(40), z.string().min(1).max(80)).optional(),
  followsPrice: z.boolean().optional(),
  costFloor: cost.nullable().optional(),
});

/** Master data as a file. What is not named stays as it is; what is named is made so. */
export const masterDataDocument = z.strictObject({
  $schema: z.string().optional(),
  suppliers: z.array(supplier).max(1_000).optional(),
  products: z.array(product).max(10_000).optional(),
  prices: z.array(price).max(20_000).optional(),
  routes: z.array(route).max(20_000).optional(),
});

export type MasterDataDocument = z.infer<typeof masterDataDocument>;
export type SupplierEntry = z.infer<typeof supplier>;
export type ProductEntry = z.infer<typeof product>;
export type PriceEntry = z.infer<typeof price>;
export type RouteEntry = z.infer<typeof route>;

/** The published schema, `docs/master-data.schema.json`, as `npm run schema` writes it. */
export function schemaText(): string {
  const schema = z.toJSONSchema(masterDataDocument, { io: 'input' });
  return `${JSON.stringify({ title: 'Kagong master data', ...schema }, undefined, 2)}\n`;
}

/** One thing that is wrong, where it stands, and what would be right. */
export interface Fault {
  readonly pointer: string;
  readonly detail: string;
}

/** Reads a document, or tells everything that is wrong with it. */
export function readDocument(text: string): { document?: MasterDataDocument; faults: Fault[] } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { faults: [{ pointer: '', detail: `the file is no JSON: ${reason}` }] };
  }
  const parsed = masterDataDocument.safeParse(value);
  if (parsed.success) return { document: parsed.data, faults: [] };
  return {
    faults: parsed.error.issues.map((issue) => ({
      pointer: issue.path.map((part) => `/${String(part)}`).join(''),
      detail: issue.message,
    })),
  };
}
