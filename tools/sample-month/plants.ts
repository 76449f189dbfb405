import { DAY_MS, type DifferenceKind, HAO_PER_FEN, MINUTE_MS } from '#domain';
import { PLATFORM, SUPPLIER } from './books.js';
import type { Chance } from './chance.js';
import { feeOf, type MonthLine } from './lines.js';
import type { Sale } from './sales.js';

/** A difference that was put into a statement: what must be found, and by which number. */
export interface Plant {
  readonly kind: DifferenceKind;
  readonly party: string;
  readonly number: string;
}

export interface MonthStatements {
  readonly platform: MonthLine[];
  readonly supplier: MonthLine[];
  readonly startMs: number;
  readonly endMs: number;
  /** Sold in the last moments before the month; the platform counts it in the month. */
  readonly crossDay: Sale;
}

/**
 * Plants twelve differences, one of each kind but for `currency`: each in a line of its own, and where a kind may come from
 * either side in one of the two statements by chance.
 */
export function plantDifferences(statements: MonthStatements, chance: Chance): readonly Plant[] {
  return new Planter(statements, chance).plantAll();
}

const platformCode = `platform:${PLATFORM}`;
const supplierCode = `supplier:${SUPPLIER}`;

class Planter {
  private readonly goodOrders: MonthLine[];
  private readonly goodPurchases: MonthLine[];

  constructor(
    private readonly statements: MonthStatements,
    private readonly chance: Chance,
  ) {
    const isGood = (line: MonthLine): boolean =>
      line.type === 'order' &&
      line.status === '成功' &&
      line.theirNo !== statements.crossDay.merchantOrderNo;
    this.goodOrders = statements.platform.filter(isGood);
    this.goodPurchases = statements.supplier.filter(isGood);
  }

  plantAll(): readonly Plant[] {
    return [
      this.missingOurs(),
      this.missingTheirs(),
      this.amount('amount-long'),
      this.amount('amount-short'),
      this.status(),
      this.fee(),
      this.duplicate(),
      this.refundUnmatched(),
      { kind: 'cross-day', party: platformCode, number: this.statements.crossDay.merchantOrderNo },
      this.unknownSku(),
      this.lateAfterClose(),
      this.deduction(),
    ];
  }

  /** One of the two statements with a line of it that nothing was done to yet. */
  private aLine(): {
    readonly party: string;
    readonly lines: MonthLine[];
    readonly line: MonthLine;
  } {
    const isSupplier = this.goodPurchases.length > 0 && this.chance.isLucky(0.4);
    return isSupplier
      ? {
          party: supplierCode,
          lines: this.statements.supplier,
          line: this.chance.take(this.goodPurchases),
        }
      : {
          party: platformCode,
          lines: this.statements.platform,
          line: this.chance.take(this.goodOrders),
        };
  }

  private aStranger(like: MonthLine, atMs = this.someTime()): MonthLine {
    return { ...like, ourNo: '', theirNo: `X${this.chance.digits(14)}`, atMs };
  }

  private someTime(): number {
    const { startMs, endMs } = this.statements;
    return startMs + Math.floor(this.chance.next() * (endMs - startMs - DAY_MS));
  }

  private missingOurs(): Plant {
    const { party, lines, line } = this.aLine();
    const stranger = this.aStranger(line);
    lines.push(stranger);
    return { kind: 'missing-ours', party, number: stranger.theirNo };
  }

  private missingTheirs(): Plant {
    const { party, lines, line } = this.aLine();
    lines.splice(lines.indexOf(line), 1);
    return { kind: 'missing-theirs', party, number: line.theirNo };
  }

  private amount(kind: 'amount-long' | 'amount-short'): Plant {
    const { party, line } = this.aLine();
    const isMore = (kind === 'amount-long') === (party === platformCode);
    const offHao = this.chance.between(2, 500) * HAO_PER_FEN;
    line.amountHao += isMore ? offHao : -offHao;
    if (party === platformCode) line.feeHao = feeOf(line.amountHao);
    return { kind, party, number: line.theirNo };
  }

  private status(): Plant {
    const { party, line } = this.aLine();
    line.status = this.chance.of(['失败', '已取消']);
    line.feeHao = 0;
    return { kind: 'status', party, number: line.theirNo };
  }

  private fee(): Plant {
    const line = this.chance.take(this.goodOrders);
    line.feeHao += this.chance.between(2, 300) * HAO_PER_FEN;
    return { kind: 'fee', party: platformCode, number: line.theirNo };
  }

  private duplicate(): Plant {
    const { party, lines, line } = this.aLine();
    lines.push({ ...line, atMs: line.atMs + this.chance.between(1, 90) * MINUTE_MS });
    return { kind: 'duplicate', party, number: line.theirNo };
  }

  private refundUnmatched(): Plant {
    const { party, lines, line } = this.aLine();
    lines.push({
      ...line,
      type: 'refund',
      amountHao: -line.amountHao,
      feeHao: 0,
      status: '已退款',
      atMs: line.atMs + this.chance.between(5, 500) * MINUTE_MS,
    });
    return { kind: 'refund-unmatched', party, number: line.theirNo };
  }

  private unknownSku(): Plant {
    const { party, lines, line } = this.aLine();
    const stranger = { ...this.aStranger(line), product: `NOSUCH-${this.chance.digits(5)}` };
    lines.push(stranger);
    return { kind: 'unknown-sku', party, number: stranger.theirNo };
  }

  /** The months before are closed. */
  private lateAfterClose(): Plant {
    const { party, lines, line } = this.aLine();
    const atMs = this.statements.startMs - this.chance.between(1, 20) * DAY_MS;
    const stranger = this.aStranger(line, atMs);
    lines.push(stranger);
    return { kind: 'late-after-close', party, number: stranger.theirNo };
  }

  private deduction(): Plant {
    const line: MonthLine = {
      type: 'deduction',
      ourNo: '',
      theirNo: `K${this.chance.digits(12)}`,
      product: '',
      quantity: null,
      amountHao: -this.chance.between(100, 90_000) * HAO_PER_FEN,
      feeHao: 0,
      status: '',
      atMs: this.someTime(),
      memo: '违约扣款',
    };
    this.statements.platform.push(line);
    return { kind: 'deduction-unexplained', party: platformCode, number: line.theirNo };
  }
}
