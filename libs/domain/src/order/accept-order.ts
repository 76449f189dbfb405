import { accountRefusal, type AccountField } from '../catalog/account-fields.js';
import { saleRefusal, type SaleRules } from '../catalog/sale-rules.js';
import { fillableOrders, type WaitingOrder } from '../inventory/allocation.js';
import { planStages, type PlannedStages, type StagePlan } from '../large-order/stage-plan.js';
import { largeOrderFromHao, mayBeLarge, type LargeOrderTerms } from '../large-order/threshold.js';
import { priceFor, type PriceCandidate } from '../pricing/price-resolution.js';
import { invariant } from '../shared/assert.js';
import { licenceRefusal, type SellingGate } from '../licence/sale-gate.js';
import { holdReason, type HoldFacts, type HoldReason } from '../risk/hold.js';
import { refuse, type Refusal } from '../shared/domain-error.js';
import { formatAmount, lineAmountHao } from '../shared/money.js';
import type { OrderRequest } from './request-fingerprint.js';

/** One submit as it came in: who, what, and the hash of its content in hex. */
export interface Submission {
  readonly platformId: string;
  readonly request: OrderRequest;
  readonly fingerprint: string;
  /** The platform's own setting, in hao: from this amount on its orders are large. */
  readonly platformLargeFromHao?: number | null;
}

/** What decides whether an order is large, and how it is then paid and delivered. */
export interface LargeTerms extends LargeOrderTerms {
  readonly plan: StagePlan;
  readonly needsPrepayment: boolean;
}

/** A submit that is large by some rule. */
export interface LargeCandidate {
  readonly platformId: string;
  readonly merchantOrderNo: string;
  readonly customerNo: string | null;
  readonly amountHao: number;
}

/** An order that is paid and delivered in stages. */
export interface LargeOffer {
  readonly plan: StagePlan;
  readonly planned: PlannedStages;
}

export interface ProductFacts extends SaleRules {
  readonly id: string;
  readonly mayWait: boolean;
  /** A supplier can be asked for what stock lacks. */
  readonly isSupplied: boolean;
  readonly waitSeconds: number;
  readonly accountFields: readonly AccountField[];
  readonly prices: readonly PriceCandidate[];
  /** Cards that may be sold today, counted no further than anybody could use. */
  readonly availableCount: number;
  /** Orders accepted earlier that still wait for this product, oldest first. */
  readonly waiting: readonly WaitingOrder[];
  /** There are more waiting orders than were read: then nobody overtakes. */
  readonly hasMoreWaiting: boolean;
  /** Until when licences let it be sold, and to whom; null where it needs none. */
  readonly gates?: readonly SellingGate[] | null;
}

/** A platform's money, and what may stop or hold its orders. */
export interface BalanceFacts extends HoldFacts {
  readonly balanceHao: number;
  /** How low orders may take the balance now. */
  readonly floorHao: number;
  /** So long overdue that nothing more is sold to it, not even for what it prepaid. */
  readonly isSalesStopped: boolean;
}

/** What the accepting transaction has read under its locks. */
export interface AcceptanceFacts {
  readonly nowMs: number;
  readonly productsByCode: ReadonlyMap<string, ProductFacts>;
  readonly balancesByPlatform: ReadonlyMap<string, BalanceFacts>;
  /** Orders already known under (platform, number). */
  readonly known: ReadonlyMap<string, { readonly orderId: string; readonly fingerprint: string }>;
  /** Read for orders that may be large, by order key. */
  readonly largeTerms?: ReadonlyMap<string, LargeTerms>;
}

export type AcceptanceDecision =
  | { readonly kind: 'repeat'; readonly orderId: string }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | {
      readonly kind: 'accepted';
      readonly product: ProductFacts;
      readonly unitPriceHao: number;
      readonly amountHao: number;
      /** From stock now, whole; otherwise the order waits. */
      readonly isDelivered: boolean;
      /** Nothing is charged and no card taken yet: money comes first. */
      readonly large?: LargeOffer;
      /** Why it waits for a person, without goods; null where it does not. */
      readonly hold: HoldReason | null;
    };

/** The idempotency key of an order: the platform and the platform's own number, for ever. */
export function orderKey(platformId: string, merchantOrderNo: string): string {
  return `${platformId}/${merchantOrderNo}`;
}

/**
 * Decides a batch of submits in the order given. A refused one refuses only itself; money and cards that one takes
 * are gone for the next. The caller holds the locks that keep the facts true until it has written the result.
 */
export function decideAcceptance(
  facts: AcceptanceFacts,
  submissions: readonly Submission[],
): AcceptanceDecision[] {
  const spendableHao = new Map<string, number>();
  const freeCards = new Map<string, number>();
  return submissions.map((submission) => {
    const { request, platformId } = submission;
    const known = decisionOfKnown(facts, submission);
    if (known) return known;
    const offer = offerFor(facts, submission);
    if ('code' in offer) return refused(offer);
    const { product, amountHao } = offer;

    const free = freeCards.get(product.id) ?? freeCardCount(product);
    const isInStock = free >= request.quantity;
    if (!isInStock && !product.mayWait && !product.isSupplied)
      return refused(refuse('product.out-of-stock', { productCode: product.code }));
    const balance = balanceOf(facts, platformId);
    const large = decisionOfLarge(facts, submission, offer);
    if (large) return large;

    const spendable = spendableHao.get(platformId) ?? spendableOf(balance);
    if (amountHao > spendable)
      return refused(refuse('credit.exceeded', { amount: formatAmount(amountHao) }));
    const hold = holdReason(balance, { customerNo: request.customerNo, amountHao });
    const isDelivered = isInStock && hold === null;

    spendableHao.set(platformId, spendable - amountHao);
    freeCards.set(product.id, isDelivered ? free - request.quantity : free);
    return { kind: 'accepted', ...offer, isDelivered, hold };
  });
}

const refused = (refusal: Refusal): AcceptanceDecision => ({ kind: 'refused', refusal });

/** Who is stopped has nothing to spend, not even for what costs nothing. */
export const spendableOf = ({ isSalesStopped, balanceHao, floorHao }: BalanceFacts): number =>
  isSalesStopped ? -1 : balanceHao - floorHao;

/** The same number again: the same order, or another content under it. */
function decisionOfKnown(
  facts: AcceptanceFacts,
  { platformId, request, fingerprint }: Submission,
): AcceptanceDecision | undefined {
  const { merchantOrderNo } = request;
  const known = facts.known.get(orderKey(platformId, merchantOrderNo));
  if (!known) return undefined;
  return known.fingerprint === fingerprint
    ? { kind: 'repeat', orderId: known.orderId }
    : refused(refuse('order.number-reused', { merchantOrderNo }));
}

/** Product and price for one submit, or the first reason against it. */
function offerFor(
  facts: AcceptanceFacts,
  { platformId, request }: Submission,
): { product: ProductFacts; unitPriceHao: number; amountHao: number } | Refusal {
  const product = facts.productsByCode.get(request.productCode);
  const notFound = refuse('product.not-found', { productCode: request.productCode });
  if (!product || product.status === 'draft' || product.status === 'retired') return notFound;
  const refusal =
    licenceRefusal(product, platformId, facts.nowMs) ??
    saleRefusal(product, request.quantity, request.saleChannel) ??
    accountRefusal(product.accountFields, request.account);
  if (refusal) return refusal;

  const candidates = product.prices.filter(
    (line) => line.platformId === null || line.platformId === platformId,
  );
  const price = priceFor(candidates, request.quantity, facts.nowMs);
  if (!price) return notFound;
  const amountHao = lineAmountHao(price.unitPriceHao, request.quantity);
  if (request.maxAmountHao !== null && amountHao > request.maxAmountHao)
    return refuse('order.price-above-max', { amount: formatAmount(amountHao) });
  return { product, unitPriceHao: price.unitPriceHao, amountHao };
}

/** The submits whose terms must be read before it is known whether they are large. */
export function largeCandidates(
  facts: AcceptanceFacts,
  submissions: readonly Submission[],
): LargeCandidate[] {
  return submissions.flatMap((submission) => {
    const { platformId, request, platformLargeFromHao = null } = submission;
    const { merchantOrderNo, customerNo } = request;
    const offer = offerFor(facts, submission);
    if ('code' in offer) return [];
    const { amountHao } = offer;
    const may = { platformFromHao: platformLargeFromHao, hasCustomer: customerNo !== null };
    return mayBeLarge(amountHao, may)
      ? [{ platformId, merchantOrderNo, customerNo, amountHao }]
      : [];
  });
}

/** A large order is paid in stages: it needs no balance yet, but a platform that may buy at all. A held one waits unpaid. */
function decisionOfLarge(
  facts: AcceptanceFacts,
  submission: Submission,
  offer: Pick<AcceptanceDecision & { kind: 'accepted' }, 'product' | 'unitPriceHao' | 'amountHao'>,
): AcceptanceDecision | undefined {
  const large = largeOffer(facts, submission, offer);
  if (!large) return undefined;
  const balance = balanceOf(facts, submission.platformId);
  return balance.isSalesStopped
    ? refused(refuse('credit.exceeded', { amount: formatAmount(offer.amountHao) }))
    : {
        kind: 'accepted',
        ...offer,
        isDelivered: false,
        hold: holdReason(balance, {
          customerNo: submission.request.customerNo,
          amountHao: offer.amountHao,
        }),
        large,
      };
}

function largeOffer(
  facts: AcceptanceFacts,
  { platformId, request }: Submission,
  offer: { readonly unitPriceHao: number; readonly amountHao: number },
): LargeOffer | undefined {
  const terms = facts.largeTerms?.get(orderKey(platformId, request.merchantOrderNo));
  if (!terms || offer.amountHao < largeOrderFromHao(terms)) return undefined;
  const planned = planStages(terms.plan, {
    quantity: request.quantity,
    unitPriceHao: offer.unitPriceHao,
    needsPrepayment: terms.needsPrepayment,
  });
  return { plan: terms.plan, planned };
}

/** Cards that no earlier order waits for: a new order never overtakes one that could have been filled. */
function freeCardCount(product: ProductFacts): number {
  if (product.hasMoreWaiting) return 0;
  return fillableOrders(product.waiting, product.availableCount).leftCount;
}

function balanceOf(facts: AcceptanceFacts, platformId: string): BalanceFacts {
  const balance = facts.balancesByPlatform.get(platformId);
  invariant(balance, `platform ${platformId} has a balance account`);
  return balance;
}
