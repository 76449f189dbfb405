import { SHANGHAI_OFFSET_MS, type LargeOrderPhase } from '#domain';
import { FulfilOrderState } from '../order/fulfil-order.state.js';
import type {
  AcceptStageAsk,
  ExtendDeadlineAsk,
  RecordPayment,
  StageProgress,
} from './deliver-in-stages.contract.js';

/** What a phase is called at the top of the run's page. */
const PHASE_WORDS: Readonly<Record<LargeOrderPhase, string>> = {
  prepayment: '待付预付款 awaiting prepayment',
  payment: '待付本期款 awaiting stage payment',
  delivery: '交付中 delivering',
  acceptance: '待验收 awaiting acceptance',
  ended: '已结束 ended',
};

/** A code of the failures that updates answer with; undefined where there is nothing against it. */
type Fault = string | undefined;

/** What the run of a large order knows beside what every order's run knows. */
export class DeliverInStagesState extends FulfilOrderState {
  private standing: Omit<StageProgress, 'status'> = {
    phase: null,
    stageNo: 0,
    isPaused: false,
    dueAtMs: null,
  };

  note({ phase, stageNo, isPaused, dueAtMs }: StageProgress): void {
    this.standing = { phase, stageNo, isPaused, dueAtMs };
  }

  stages(): StageProgress {
    return { status: this.status, ...this.standing };
  }

  /** Nonsense is refused before it becomes part of the history; what only the database can know is refused by its step. */
  paymentFault({ amountHao, reference, source }: RecordPayment): Fault {
    if (this.isFinal) return 'large-order.ended';
    const isAmount = Number.isSafeInteger(amountHao) && amountHao > 0 && amountHao % 100 === 0;
    const isReference =
      typeof reference === 'string' && reference.trim() !== '' && reference.length <= 64;
    const isSource = source === 'bank' || source === 'balance';
    return isAmount && isReference && isSource ? undefined : 'payment.invalid';
  }

  acceptanceFault({ stageNo }: AcceptStageAsk): Fault {
    if (!Number.isInteger(stageNo) || stageNo < 1) return 'stage.not-found';
    if (this.isFinal) return 'large-order.ended';
    const { phase, stageNo: current } = this.standing;
    return phase !== null && stageNo > current ? 'stage.not-acceptable' : undefined;
  }

  deadlineFault({ dueAtMs }: ExtendDeadlineAsk, nowMs: number): Fault {
    if (this.isFinal) return 'large-order.ended';
    const isLater =
      Number.isSafeInteger(dueAtMs) && dueAtMs > nowMs && dueAtMs >= (this.standing.dueAtMs ?? 0);
    return isLater ? undefined : 'large-order.deadline-not-later';
  }

  /** What ops read at the top of the run's page. */
  stageDetails(): string {
    const { phase, stageNo, isPaused, dueAtMs } = this.standing;
    const words = phase === null ? '' : PHASE_WORDS[phase];
    const stage = stageNo > 0 ? `第 ${stageNo} 期 stage ${stageNo} · ` : '';
    const paused = isPaused ? '\n付款逾期，已暂停 paused: the payment is overdue' : '';
    const due = dueAtMs === null ? '' : `\n期限 due: ${shanghaiClock(dueAtMs)}（北京时间）`;
    const suppliers =
      this.suppliers.length === 0 ? '' : `\n货源 suppliers: ${this.suppliers.join(', ')}`;
    return stage + words + paused + due + suppliers;
  }
}

function shanghaiClock(ms: number): string {
  return new Date(ms + SHANGHAI_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');
}
