import { HOUR_MS } from '../shared/business-time.js';
import type { ClockKind, ComplaintSeverity, PauseReason } from './complaint-kind.js';
import { clockDueMs, type Clock, type ClockPause } from './sla-clock.js';
import { clockTargets, isLowering, type SlaPolicy, type TargetFacts } from './sla-policy.js';

interface RunningClock {
  readonly kind: ClockKind;
  readonly seq: number;
  readonly startMs: number;
  targetMs: number;
  isHard: boolean;
  stopMs: number | null;
  /** Which question to a supplier it waits for. */
  readonly key: string;
}

/** What may change about the class of a complaint while it runs. */
export type NewClass = Pick<TargetFacts, 'severity' | 'deadlineMs'>;

/** The clocks of one cycle, from its beginning to its end. Whoever uses it tells it what happened, in order. */
export class CycleClocks {
  private readonly clocks: RunningClock[] = [];
  private readonly pauses: ClockPause[] = [];
  private endMs: number | null = null;
  private severity: ComplaintSeverity;

  constructor(
    private readonly policy: SlaPolicy,
    private readonly facts: TargetFacts,
  ) {
    this.severity = facts.severity;
    const { ackMs, resolveMs, isHard } = clockTargets(policy, facts);
    const { startMs } = facts;
    this.start({ kind: 'ack', startMs, targetMs: ackMs });
    this.start({ kind: 'resolve', startMs, targetMs: resolveMs, isHard });
  }

  get cycleNo(): number {
    return this.facts.cycleNo;
  }

  get startMs(): number {
    return this.facts.startMs;
  }

  get isEnded(): boolean {
    return this.endMs !== null;
  }

  get openPause(): ClockPause | undefined {
    return this.pauses.find(({ isOpen }) => isOpen);
  }

  list(): Clock[] {
    return this.clocks.map((clock) => this.frozen(clock));
  }

  /** A person has spoken to the complainant, or a remedy was given: the first stops the clock of the answer. */
  answer(atMs: number): void {
    this.stop('ack', atMs);
    this.stop('update', atMs);
    if (!this.openPause) this.startUpdate(atMs);
  }

  /** We wait for the complainant. Limited in number and in total; beyond the limits the clock goes on. */
  pause(reason: PauseReason, atMs: number): void {
    this.stop('update', atMs);
    const leftMs = pauseLeftMs(this.pauses, this.policy);
    if (this.openPause && atMs < this.openPause.toMs) return;
    this.resume(atMs, false);
    if (leftMs === 0) return;
    const no = this.pauses.length + 1;
    this.pauses.push({ no, reason, fromMs: atMs, toMs: atMs + leftMs, isOpen: true });
  }

  /** The complainant has written, or nobody waits any more: from this instant on, whenever it was heard of. */
  resume(atMs: number, isAnswered: boolean): void {
    const index = this.pauses.findIndex(({ isOpen }) => isOpen);
    const pause = this.pauses[index];
    if (!pause) return;
    this.pauses[index] = { ...pause, toMs: Math.min(pause.toMs, atMs), isOpen: false };
    if (isAnswered) this.startUpdate(atMs);
  }

  /**
   * Counts from the beginning, never from now. A step up never moves a due time later; a step down never heals what was
   * broken before it.
   */
  retarget(given: NewClass, atMs: number): void {
    const isDown = isLowering(this.severity, given.severity);
    this.severity = given.severity;
    const targets = clockTargets(this.policy, { ...this.facts, ...given });
    for (const clock of this.clocks) {
      if (clock.stopMs !== null || (clock.kind !== 'ack' && clock.kind !== 'resolve')) continue;
      const before = clockDueMs(this.frozen(clock));
      if (isDown && before < atMs) continue;
      const next = { ...clock };
      next.targetMs = clock.kind === 'ack' ? targets.ackMs : targets.resolveMs;
      next.isHard = clock.kind === 'resolve' && targets.isHard;
      if (!isDown && clockDueMs(this.frozen(next)) > before) continue;
      clock.targetMs = next.targetMs;
      clock.isHard = next.isHard;
    }
  }

  fileUpstream(key: string, atMs: number): void {
    const { upstreamMs } = this.targets();
    this.start({ kind: 'upstream', startMs: atMs, targetMs: upstreamMs, key });
  }

  answerUpstream(key: string, atMs: number): void {
    const clock = this.clocks.find(
      (one) => one.kind === 'upstream' && one.key === key && one.stopMs === null,
    );
    if (clock) clock.stopMs = atMs;
  }

  /** Solved or withdrawn: everything that was promised to the complainant stops. */
  end(atMs: number): void {
    this.resume(atMs, false);
    for (const kind of ['ack', 'resolve', 'update'] as const) this.stop(kind, atMs);
    this.endMs = atMs;
  }

  private start(given: {
    readonly kind: ClockKind;
    readonly startMs: number;
    readonly targetMs: number;
    readonly isHard?: boolean;
    readonly key?: string;
  }): void {
    const seq = this.clocks.filter(({ kind }) => kind === given.kind).length + 1;
    this.clocks.push({ isHard: false, key: '', ...given, seq, stopMs: null });
  }

  private startUpdate(atMs: number): void {
    const { updateMs } = this.targets();
    if (updateMs === null || this.isEnded) return;
    this.start({ kind: 'update', startMs: atMs, targetMs: updateMs });
  }

  private stop(kind: ClockKind, atMs: number): void {
    for (const clock of this.clocks)
      if (clock.kind === kind && clock.stopMs === null) clock.stopMs = atMs;
  }

  private targets(): ReturnType<typeof clockTargets> {
    return clockTargets(this.policy, { ...this.facts, severity: this.severity });
  }

  private frozen(clock: RunningClock): Clock {
    const { kind, seq, startMs, targetMs, isHard, stopMs } = clock;
    const pauses = kind === 'resolve' ? [...this.pauses] : [];
    return { kind, cycleNo: this.cycleNo, seq, startMs, targetMs, isHard, stopMs, pauses };
  }
}

/** What pauses may still take of a clock. */
function pauseLeftMs(pauses: readonly ClockPause[], policy: SlaPolicy): number {
  if (pauses.length >= policy.pauseCountMax) return 0;
  const used = pauses.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
  return Math.max(0, policy.pauseHoursMax * HOUR_MS - used);
}
