import { invariant } from '../shared/assert.js';
import { requireHao } from '../shared/money.js';
import type { EntryKind } from './posting.js';

/** Where a part of a balance came from: paid in by the platform, or granted by us. Only granted lots expire. */
export const LOT_KINDS = ['paid', 'granted'] as const;
export type LotKind = (typeof LOT_KINDS)[number];

/** Entries that bring money which nobody has paid in. */
const GRANTING: readonly EntryKind[] = ['platform-grant', 'compensation'];

export const lotKindOf = (kind: EntryKind): LotKind =>
  GRANTING.includes(kind) ? 'granted' : 'paid';

/** A lot bears the id of the entry that brought it, and is as old as that. */
export interface Lot {
  readonly id: string;
  readonly kind: LotKind;
  readonly broughtHao: number;
  readonly remainingHao: number;
  readonly expiresAtMs: number | null;
  readonly payer: string | null;
}

/**
 * A part of one posting: above zero it was taken from the lot, below zero it went into it. Without a lot it is what the
 * platform owes.
 */
export interface LotUse {
  readonly lotId: string | null;
  readonly amountHao: number;
}

/** One posting on a platform's balance, from the side of the platform: above zero is money that came in. */
export interface BalanceMove {
  readonly kind: EntryKind;
  readonly amountHao: number;
  /** The lot that this entry brings, as far as what came in does not go back to others. Empty until then. */
  readonly ownLot: Lot;
  /** What is taken for the same subject (an order, a hold), in the order of taking, less what went back already. */
  readonly takenBefore: readonly LotUse[];
  /** The lot that the entry itself names: the one that expires, or the one that a reversed entry had brought. */
  readonly namedLotId: string | null;
  /** Whose money is paid back. */
  readonly payer: string | null;
}

/**
 * Spreads the postings of one platform's balance over its lots, one after the other. What is spent is taken from granted
 * lots first (those that expire soonest), then from paid ones (the oldest first); what no lot covers is owed, and the next
 * money that comes in pays it. What comes back for a subject goes to the lots that its money was taken from, the last first.
 */
export class LotBook {
  private readonly lots = new Map<string, Lot>();
  private owed: number;

  constructor(lots: readonly Lot[], owedHao: number) {
    for (const lot of lots) this.lots.set(lot.id, lot);
    this.owed = owedHao;
  }

  get owedHao(): number {
    return this.owed;
  }

  lot(id: string): Lot | undefined {
    return this.lots.get(id);
  }

  /** Remaining lots less what is owed: the balance, as far as it was spread. */
  get totalHao(): number {
    return [...this.lots.values()].reduce((sum, lot) => sum + lot.remainingHao, 0) - this.owed;
  }

  get lowestHao(): number {
    return Math.min(0, ...[...this.lots.values()].map((lot) => lot.remainingHao));
  }

  /** The parts of a posting; they add up to minus the amount. */
  attribute(move: BalanceMove): readonly LotUse[] {
    const uses = move.amountHao < 0 ? this.spend(move) : this.bring(move);
    const sum = uses.reduce((total, use) => total + use.amountHao, 0);
    invariant(sum === -move.amountHao, 'the parts of a posting add up to it');
    return uses;
  }

  private spend(move: BalanceMove): readonly LotUse[] {
    let leftHao = requireHao(-move.amountHao);
    const uses: LotUse[] = [];
    for (const lot of this.inSpendingOrder(move)) {
      if (leftHao === 0) break;
      const amountHao = Math.min(lot.remainingHao, leftHao);
      uses.push(this.use(lot.id, amountHao));
      leftHao -= amountHao;
    }
    if (leftHao > 0) uses.push(this.use(null, leftHao));
    return uses;
  }

  private bring(move: BalanceMove): readonly LotUse[] {
    let leftHao = requireHao(move.amountHao);
    const uses: LotUse[] = [];
    const giveBack = (lotId: string | null, upToHao: number): void => {
      const amountHao = Math.min(leftHao, upToHao);
      if (amountHao <= 0) return;
      uses.push(this.use(lotId, -amountHao));
      leftHao -= amountHao;
    };
    for (const { lotId, amountHao } of [...move.takenBefore].reverse()) {
      const roomHao = lotId === null ? this.owed : amountHao;
      giveBack(lotId, Math.min(amountHao, roomHao));
      // What was owed has been paid since: it goes to the lots that paid it.
      if (lotId === null) this.givePayers(amountHao - roomHao, giveBack);
    }
    if (leftHao === 0) return uses;
    return [...uses, ...this.open(move.ownLot, leftHao)];
  }

  private givePayers(upToHao: number, giveBack: (lotId: string, upToHao: number) => void): void {
    let leftHao = upToHao;
    for (const lot of this.paidLots().reverse()) {
      if (leftHao <= 0) return;
      const amountHao = Math.min(lot.broughtHao - lot.remainingHao, leftHao);
      giveBack(lot.id, amountHao);
      leftHao -= amountHao;
    }
  }

  private open(lot: Lot, amountHao: number): readonly LotUse[] {
    this.lots.set(lot.id, { ...lot, broughtHao: amountHao, remainingHao: 0 });
    const uses = [this.use(lot.id, -amountHao)];
    const repaidHao = Math.min(amountHao, this.owed);
    return repaidHao === 0
      ? uses
      : [...uses, this.use(lot.id, repaidHao), this.use(null, -repaidHao)];
  }

  private use(lotId: string | null, amountHao: number): LotUse {
    if (lotId === null) this.owed += amountHao;
    else {
      const lot = this.lots.get(lotId);
      invariant(lot, `lot ${lotId} is in the book`);
      this.lots.set(lotId, { ...lot, remainingHao: lot.remainingHao - amountHao });
    }
    return { lotId, amountHao };
  }

  private paidLots(): Lot[] {
    return [...this.lots.values()].filter(({ kind }) => kind === 'paid').sort(byAge);
  }

  private inSpendingOrder(move: BalanceMove): readonly Lot[] {
    const filled = [...this.lots.values()].filter(({ remainingHao }) => remainingHao > 0);
    return filled.sort((a, b) => rank(a, move) - rank(b, move) || byExpiry(a, b) || byAge(a, b));
  }
}

/** Payouts take what was paid in, and the payer's own first; everything else takes what was granted first. */
function rank(lot: Lot, move: BalanceMove): number {
  if (lot.id === move.namedLotId) return 0;
  if (move.kind !== 'platform-payout') return lot.kind === 'granted' ? 1 : 2;
  if (lot.kind === 'granted') return 3;
  return lot.payer === move.payer ? 1 : 2;
}

const byExpiry = (a: Lot, b: Lot): number =>
  (a.expiresAtMs ?? Number.MAX_SAFE_INTEGER) - (b.expiresAtMs ?? Number.MAX_SAFE_INTEGER);
const byAge = (a: Lot, b: Lot): number => Number(a.id) - Number(b.id);
