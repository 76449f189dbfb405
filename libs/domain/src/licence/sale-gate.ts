import { dayAfter } from '../settlement/settlement-period.js';
import { shanghaiDate } from '../shared/business-time.js';
import { refuse, type Refusal } from '../shared/domain-error.js';
import type { LicenceStanding } from './licence-kinds.js';

/** `warn`: the day to apply has passed and nobody has: what is on sale stays, nothing new is put on sale. */
export const SALE_VERDICTS = ['ok', 'renewing', 'warn', 'overridden', 'blocked'] as const;
export type SaleVerdict = (typeof SALE_VERDICTS)[number];

/** Why a licence that is required does not cover a product today. */
export const GATE_FAULTS = [
  'missing',
  'scope',
  'unverified',
  'not-yet',
  'expired',
  'suspended',
  'revoked',
] as const;
export type GateFault = (typeof GATE_FAULTS)[number];

/** What must be held for a sale. */
export interface RequiredLicence {
  readonly typeId: string;
  /** A right that somebody above us grants: without it not even what is paid for is delivered. */
  readonly isUpstream: boolean;
  /** The company that must hold it; null is any of ours. */
  readonly holder: string | null;
  readonly territory: string;
}

/** A licence with its scope; an empty list of a scope is everything. Days are `YYYY-MM-DD` in Shanghai, last day included. */
export interface HeldLicence {
  readonly id: string;
  readonly typeId: string;
  readonly holder: string;
  readonly standing: LicenceStanding;
  readonly isVerified: boolean;
  readonly effectiveOn: string;
  readonly expiresOn: string | null;
  readonly applyBy: string | null;
  /** Its renewal has been asked for. */
  readonly isRenewing: boolean;
  readonly categories: readonly string[];
  readonly productCodes: readonly string[];
  readonly platformCodes: readonly string[];
  readonly territories: readonly string[];
}

/** What is sold to whom; without a platform: to every platform that has no gate of its own. */
export interface GateSubject {
  readonly productCode: string;
  readonly category: string;
  readonly platformCode: string | null;
}

/** One reason against a sale, or for one that ends. */
export interface GateLack {
  readonly typeId: string;
  readonly fault: GateFault;
  readonly licenceId: string | null;
}

/** Until which days, both included, a product may be sold, newly listed and delivered; null is for ever. */
export interface SaleGateDays {
  readonly sellUntil: string | null;
  readonly listUntil: string | null;
  readonly fulfilUntil: string | null;
  readonly isRenewing: boolean;
  /** Nobody may sell on what was taken away: there is no override. */
  readonly isRevoked: boolean;
  readonly lacks: readonly GateLack[];
}

/** The last day of what may not be sold at all: a day that is always over. */
export const NEVER = '0001-01-01';

/**
 * Until when a product may be sold under what is required for it. Days decide, so that a licence which ends at midnight
 * ends sales at midnight, whoever is awake.
 */
export function saleGate(
  required: readonly RequiredLicence[],
  held: readonly HeldLicence[],
  subject: GateSubject,
  today: string,
): SaleGateDays {
  const covers = required.map((one) => ({ one, cover: coverOf(one, held, subject, today) }));
  return {
    sellUntil: earliest(covers.map(({ cover }) => cover.until)),
    listUntil: earliest(covers.map(({ cover }) => cover.listUntil)),
    fulfilUntil: earliest(
      covers.filter(({ one }) => one.isUpstream).map(({ cover }) => cover.until),
    ),
    isRenewing: covers.some(({ cover }) => cover.isRenewing),
    isRevoked: covers.some(({ cover }) => cover.lack?.fault === 'revoked'),
    lacks: covers.flatMap(({ cover }) => (cover.lack ? [cover.lack] : [])),
  };
}

interface Cover {
  readonly until: string | null;
  readonly listUntil: string | null;
  readonly isRenewing: boolean;
  readonly lack: GateLack | null;
}

function coverOf(
  required: RequiredLicence,
  held: readonly HeldLicence[],
  subject: GateSubject,
  today: string,
): Cover {
  const ofType = held.filter(
    (one) =>
      one.typeId === required.typeId &&
      (required.holder === null || one.holder === required.holder),
  );
  const inScope = ofType.filter((one) => isInScope(one, subject, required.territory));
  const chain = chainFrom(today, inScope.filter(isUsable));
  if (!chain) {
    const { fault, licenceId } = faultOf(ofType, inScope, today);
    const lack = { typeId: required.typeId, fault, licenceId };
    return { until: NEVER, listUntil: NEVER, isRenewing: false, lack };
  }
  const { last, until } = chain;
  const listUntil = last.isRenewing || last.applyBy === null ? until : last.applyBy;
  return { until, listUntil, isRenewing: last.isRenewing, lack: null };
}

const isUsable = (one: HeldLicence): boolean => one.standing === 'in-force' && one.isVerified;

export function isInScope(one: HeldLicence, subject: GateSubject, territory: string): boolean {
  const holds = (scope: readonly string[], value: string | null): boolean =>
    scope.length === 0 || (value !== null && scope.includes(value));
  return (
    holds(one.categories, subject.category) &&
    holds(one.productCodes, subject.productCode) &&
    holds(one.platformCodes, subject.platformCode) &&
    holds(one.territories, territory)
  );
}

/** The unbroken cover from today on: a renewal that begins the day after carries it on. */
function chainFrom(
  today: string,
  licences: readonly HeldLicence[],
): { readonly last: HeldLicence; readonly until: string | null } | undefined {
  let last: HeldLicence | undefined;
  let from = today;
  for (let links = 0; links <= licences.length; links += 1) {
    const next = furthest(licences.filter((one) => isValidOn(one, from)));
    if (!next || next === last) break;
    last = next;
    if (next.expiresOn === null) return { last, until: null };
    from = dayAfter(next.expiresOn);
  }
  return last && { last, until: last.expiresOn };
}

const isValidOn = (one: HeldLicence, day: string): boolean =>
  one.effectiveOn <= day && (one.expiresOn === null || one.expiresOn >= day);

function furthest(licences: readonly HeldLicence[]): HeldLicence | undefined {
  return licences.reduce<HeldLicence | undefined>(
    (best, one) =>
      best &&
      (best.expiresOn === null || (one.expiresOn !== null && one.expiresOn <= best.expiresOn))
        ? best
        : one,
    undefined,
  );
}

/** What stands nearest to a cover tells why there is none; what was taken away comes before everything. */
function faultOf(
  ofType: readonly HeldLicence[],
  inScope: readonly HeldLicence[],
  today: string,
): { readonly fault: GateFault; readonly licenceId: string | null } {
  const named = (
    fault: GateFault,
    one: HeldLicence | undefined,
  ): { fault: GateFault; licenceId: string } | undefined => one && { fault, licenceId: one.id };
  const current = inScope.filter((one) => one.standing !== 'surrendered');
  return (
    named(
      'revoked',
      current.find(({ standing }) => standing === 'revoked'),
    ) ??
    named(
      'suspended',
      current.find(({ standing }) => standing === 'suspended'),
    ) ??
    named(
      'unverified',
      current.find((one) => !one.isVerified && isValidOn(one, today)),
    ) ??
    named('expired', furthest(current.filter((one) => isOver(one, today)))) ??
    named(
      'not-yet',
      current.find((one) => one.effectiveOn > today),
    ) ??
    named('scope', ofType.find(isUsable)) ?? { fault: 'missing', licenceId: null }
  );
}

const isOver = ({ expiresOn }: HeldLicence, today: string): boolean =>
  expiresOn !== null && expiresOn < today;

function earliest(days: readonly (string | null)[]): string | null {
  return days.reduce<string | null>(
    (first, day) => (day === null || (first !== null && first <= day) ? first : day),
    null,
  );
}

/** A gate as it is kept, with the leave that two people have given. */
export interface SaleGateNow extends Pick<
  SaleGateDays,
  'sellUntil' | 'listUntil' | 'fulfilUntil' | 'isRenewing'
> {
  readonly overrideUntilMs: number | null;
}

/** Whether a product may be sold now, and what stands in the way of listing it. */
export function saleVerdict(gate: SaleGateNow, nowMs: number): SaleVerdict {
  const today = shanghaiDate(nowMs);
  if (isPast(gate.sellUntil, today))
    return gate.overrideUntilMs !== null && gate.overrideUntilMs > nowMs ? 'overridden' : 'blocked';
  if (isPast(gate.listUntil, today)) return 'warn';
  return gate.isRenewing ? 'renewing' : 'ok';
}

/** Whether something new may be put on sale under this verdict. */
export const mayList = (verdict: SaleVerdict): boolean =>
  verdict !== 'warn' && verdict !== 'blocked';

/** Whether not even what is paid for may be delivered any more. */
export function isRightLapsed(gate: SaleGateNow, nowMs: number): boolean {
  return isPast(gate.fulfilUntil, shanghaiDate(nowMs)) && saleVerdict(gate, nowMs) === 'blocked';
}

const isPast = (until: string | null, today: string): boolean => until !== null && until < today;

/** The part of a gate that selling asks for. */
export interface SellingGate {
  /** Null: for every platform that has no gate of its own. */
  readonly platformId: string | null;
  readonly sellUntil: string | null;
  readonly overrideUntilMs: number | null;
}

/** Why this product may not be sold to this platform now, for want of a licence; undefined where it may. */
export function licenceRefusal(
  { code, gates }: { readonly code: string; readonly gates?: readonly SellingGate[] | null },
  platformId: string,
  nowMs: number,
): Refusal | undefined {
  if (!gates || gates.length === 0) return undefined;
  const gate =
    gates.find((one) => one.platformId === platformId) ??
    gates.find((one) => one.platformId === null);
  if (!gate || !isPast(gate.sellUntil, shanghaiDate(nowMs))) return undefined;
  if (gate.overrideUntilMs !== null && gate.overrideUntilMs > nowMs) return undefined;
  return refuse('product.licence-lapsed', { productCode: code });
}
