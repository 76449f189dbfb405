import { DAY_MS, HOUR_MS, shanghaiDayNumber, SHANGHAI_OFFSET_MS } from '../shared/business-time.js';
import { HAO_PER_FEN } from '../shared/money.js';
import { compositeFit } from './composite-match.js';
import type {
  FoundDifference,
  LineDecision,
  MatchFacts,
  MatchRules,
  OurItem,
  TheirLine,
} from './match-facts.js';
import type { DifferenceKind, ExternalLineType, PartyKind } from './reconciliation-lists.js';
import { itemForLine } from './same-number.js';

/** The most that is booked to rounding for one line, and for one statement. */
export const ROUNDING_PER_LINE_HAO = HAO_PER_FEN;
export const ROUNDING_PER_STATEMENT_HAO = 100 * HAO_PER_FEN;
const LOOK_AGAIN_MS = 6 * HOUR_MS;

/** What a difference is worth to us: see `FoundDifference`. */
export function favourOf(
  party: PartyKind,
  type: ExternalLineType,
  theirsHao: number,
  oursHao: number,
): number {
  const moreHao = theirsHao - oursHao;
  if (type === 'fee' || type === 'deduction') return moreHao;
  const isAgainstUs = party === 'supplier' || type === 'payout';
  return isAgainstUs && moreHao !== 0 ? -moreHao : moreHao;
}

/** When an unmatched line stops waiting: so many days after the end of its day. */
export function bufferEndMs(occurredAtMs: number, bufferDays: number): number {
  const dayEndMs = (shanghaiDayNumber(occurredAtMs) + 1) * DAY_MS - SHANGHAI_OFFSET_MS;
  return dayEndMs + bufferDays * DAY_MS;
}

/** The fee that was agreed for an amount: basis points, half up to the fen. */
export function agreedFeeHao(amountHao: number, basisPoints: number): number {
  const exact = BigInt(Math.abs(amountHao)) * BigInt(basisPoints);
  const fen = (exact / 10_000n + BigInt(HAO_PER_FEN) / 2n) / BigInt(HAO_PER_FEN);
  return Number(fen) * HAO_PER_FEN;
}

/** Judges lines one after the other; an item is used once, by the first line that fits. */
export function matchLines(
  lines: readonly TheirLine[],
  facts: MatchFacts,
  rules: MatchRules,
): readonly LineDecision[] {
  const judge = new LineJudge(facts, rules, lines);
  return lines.flatMap((line) => judge.decide(line) ?? []);
}

const numbersOf = ({ ourNo, theirNo }: TheirLine): readonly string[] =>
  [ourNo, theirNo].filter((number) => number !== null);

class LineJudge {
  private readonly used = new Set<string>();
  private readonly pairedIds = new Set<string>();
  private readonly byNumber = new Map<string, OurItem[]>();
  private roundingLeftHao: number;
  private readonly mayPropose: boolean;

  constructor(
    private readonly facts: MatchFacts,
    private readonly rules: MatchRules,
    lines: readonly TheirLine[],
  ) {
    this.roundingLeftHao = rules.roundingLeftHao;
    this.mayPropose = lines.every(({ passCount }) => passCount > 0);
    for (const item of facts.items)
      for (const number of item.numbers)
        this.byNumber.set(number, [...(this.byNumber.get(number) ?? []), item]);
  }

  decide(line: TheirLine): LineDecision | undefined {
    if (this.pairedIds.has(line.id)) return undefined;
    if (line.type === 'fee' || line.type === 'deduction') return this.deduction(line);
    const { item, isKnown } = this.itemOf(line);
    if (line.currency !== null)
      return this.differentWith(line, item, [this.difference('currency', line, item)]);
    if (item) return this.compare(line, item);
    if (isKnown) return this.different(line, 'duplicate');
    return this.withoutItem(line);
  }

  /** What is free of the line's number and type. */
  private itemOf(line: TheirLine): { item: OurItem | undefined; isKnown: boolean } {
    const all = numbersOf(line)
      .flatMap((number) => this.byNumber.get(number) ?? [])
      .filter(({ type }) => type === line.type);
    const free = all.filter((item) => !item.isTaken && !this.used.has(item.key));
    return { item: itemForLine(line, free), isKnown: all.length > 0 };
  }

  private deduction(line: TheirLine): LineDecision {
    return this.different(line, line.type === 'fee' ? 'fee' : 'deduction-unexplained');
  }

  private compare(line: TheirLine, item: OurItem): LineDecision {
    const amount = this.amountDifference(line, item);
    // They tell of the whole order, and it is paid in stages still.
    if (amount.difference && line.amountHao === item.openWholeHao)
      return this.wait(line, this.rules.nowMs + LOOK_AGAIN_MS);
    const isUndecided = line.status !== null && item.status === 'processing';
    if (isUndecided && line.status !== 'processing' && !this.isDue(line)) return this.wait(line);
    const found = [
      ...(amount.difference ? [amount.difference] : []),
      ...this.statusDifference(line, item),
      ...this.feeDifference(line),
    ];
    if (found.length > 0) return this.differentWith(line, item, found);
    this.use(item);
    this.roundingLeftHao -= Math.abs(amount.roundingHao);
    const isOtherPeriod =
      item.occurredAtMs < this.rules.fromMs || item.occurredAtMs >= this.rules.toMs;
    const crossDay: FoundDifference = {
      kind: 'cross-day',
      theirsHao: line.amountHao,
      oursHao: item.amountHao,
      favourHao: 0,
    };
    return {
      kind: 'matched',
      lineId: line.id,
      item,
      roundingHao: amount.roundingHao,
      differences: isOtherPeriod ? [crossDay] : [],
    };
  }

  private amountDifference(
    line: TheirLine,
    item: OurItem,
  ): { readonly roundingHao: number; readonly difference: FoundDifference | undefined } {
    const favourHao = favourOf(this.rules.party, line.type, line.amountHao, item.amountHao);
    const size = Math.abs(favourHao);
    if (size <= ROUNDING_PER_LINE_HAO && size <= this.roundingLeftHao)
      return { roundingHao: favourHao, difference: undefined };
    const kind = favourHao > 0 ? 'amount-long' : 'amount-short';
    return { roundingHao: 0, difference: this.difference(kind, line, item) };
  }

  private statusDifference(line: TheirLine, item: OurItem): readonly FoundDifference[] {
    if (line.type !== 'order' || line.status === null || item.status === null) return [];
    if (line.status === item.status) return [];
    // Amounts agree: should they take the money back, a refund of theirs will tell.
    const favourHao = 0;
    return [{ kind: 'status', theirsHao: line.amountHao, oursHao: item.amountHao, favourHao }];
  }

  private feeDifference(line: TheirLine): readonly FoundDifference[] {
    if (line.type !== 'order' || line.feeHao === null) return [];
    // Nothing is earned by an order that failed.
    const basisPoints = line.status === 'failed' ? 0 : this.rules.feeBasisPoints;
    const agreedHao = agreedFeeHao(line.amountHao, basisPoints);
    const favourHao = agreedHao - line.feeHao;
    if (Math.abs(favourHao) <= ROUNDING_PER_LINE_HAO) return [];
    return [{ kind: 'fee', theirsHao: line.feeHao, oursHao: agreedHao, favourHao }];
  }

  private withoutItem(line: TheirLine): LineDecision {
    const other = this.partnerOf(line);
    if (other) {
      this.pairedIds.add(other.id);
      return { kind: 'paired', lineId: line.id, otherLineId: other.id };
    }
    const isKnown = numbersOf(line).some((number) => this.facts.knownNumbers.has(number));
    if (!isKnown && this.isOfUnknownProduct(line)) return this.different(line, 'unknown-sku');
    const { closedBeforeMs } = this.rules;
    if (closedBeforeMs !== null && line.occurredAtMs < closedBeforeMs)
      return this.different(line, 'late-after-close');
    if (line.passCount === 0) return this.wait(line, this.rules.nowMs);
    const item = this.mayPropose ? this.nearestOf(line) : undefined;
    if (item) {
      this.used.add(item.key);
      return { kind: 'proposed', lineId: line.id, item };
    }
    if (!this.isDue(line)) return this.wait(line);
    return this.different(line, line.type === 'refund' ? 'refund-unmatched' : 'missing-ours');
  }

  private use(item: OurItem): void {
    for (const { key } of [item, ...(item.also ?? [])]) this.used.add(key);
  }

  private isOfUnknownProduct({ productCode }: TheirLine): boolean {
    return productCode !== null && !this.facts.knownProducts.has(productCode);
  }

  /** An order and its refund that cancel each other out, of which our books know nothing: nothing was sold. */
  private partnerOf(line: TheirLine): TheirLine | undefined {
    const wanted = line.type === 'order' ? 'refund' : line.type === 'refund' ? 'order' : undefined;
    const numbers = numbersOf(line);
    return this.facts.partners.find(
      (other) =>
        other.id !== line.id &&
        other.type === wanted &&
        other.amountHao === -line.amountHao &&
        !this.pairedIds.has(other.id) &&
        !this.itemOf(other).isKnown &&
        numbersOf(other).some((number) => numbers.includes(number)),
    );
  }

  private nearestOf(line: TheirLine): OurItem | undefined {
    const isFree = ({ key }: OurItem): boolean =>
      !this.used.has(key) && !this.facts.refusedPairs.has(`${line.id}:${key}`);
    const fits = this.facts.nearby
      .filter(isFree)
      .map((item) => ({ item, apartMs: compositeFit(line, item, this.rules.party) }))
      .filter((fit): fit is { item: OurItem; apartMs: number } => fit.apartMs !== undefined);
    return fits.sort((a, b) => a.apartMs - b.apartMs)[0]?.item;
  }

  private isDue(line: TheirLine): boolean {
    return this.rules.nowMs >= bufferEndMs(line.occurredAtMs, this.rules.bufferDays);
  }

  private wait(line: TheirLine, untilMs?: number): LineDecision {
    const endMs = bufferEndMs(line.occurredAtMs, this.rules.bufferDays);
    const soonMs = Math.min(this.rules.nowMs + LOOK_AGAIN_MS, endMs);
    return { kind: 'wait', lineId: line.id, untilMs: untilMs ?? soonMs };
  }

  private difference(
    kind: DifferenceKind,
    line: TheirLine,
    item: OurItem | undefined,
  ): FoundDifference {
    const oursHao = item?.amountHao ?? null;
    return {
      kind,
      theirsHao: line.amountHao,
      oursHao,
      // The fee of a line that is none of ours belongs to what cannot be explained.
      favourHao:
        favourOf(this.rules.party, line.type, line.amountHao, oursHao ?? 0) -
        (item ? 0 : (line.feeHao ?? 0)),
    };
  }

  private different(line: TheirLine, kind: DifferenceKind): LineDecision {
    return this.differentWith(line, undefined, [this.difference(kind, line, undefined)]);
  }

  private differentWith(
    line: TheirLine,
    item: OurItem | undefined,
    differences: readonly FoundDifference[],
  ): LineDecision {
    if (item) this.use(item);
    return { kind: 'different', lineId: line.id, item: item ?? null, differences };
  }
}
