import {
  COMPLAINT_EVENT_TYPES,
  type ComplaintEventType,
  type ComplaintSeverity,
  type ComplaintStatus,
  type ResolutionCode,
} from './complaint-kind.js';
import type { Clock } from './sla-clock.js';
import { CycleClocks } from './cycle-clocks.js';
import { reopenMs, silenceMs, type SlaPolicy } from './sla-policy.js';

/** Something that happened to a complaint, at the instant at which it happened, whenever it was heard of. */
export interface StoryEvent {
  readonly atMs: number;
  readonly type: ComplaintEventType;
  readonly severity?: ComplaintSeverity | undefined;
  readonly deadlineMs?: number | undefined;
  readonly resolutionCode?: ResolutionCode | undefined;
  /** Which question to a supplier an answer belongs to. */
  readonly upstreamKey?: string | undefined;
  readonly assignee?: string | null | undefined;
}

export interface Cycle {
  readonly cycleNo: number;
  readonly startMs: number;
  readonly endMs: number | null;
  readonly isWithdrawn: boolean;
  readonly resolutionCode: ResolutionCode | null;
}

/** Where a complaint stands: nothing but what follows from its events and the policy that it was opened under. */
export interface ComplaintStory {
  readonly status: ComplaintStatus;
  readonly severity: ComplaintSeverity;
  readonly assignee: string | null;
  readonly assignedAtMs: number | null;
  readonly openedMs: number;
  readonly cycles: readonly Cycle[];
  readonly clocks: readonly Clock[];
  /** When silence counts as consent; null where nothing is offered. */
  readonly silenceAtMs: number | null;
}

export interface StoryRules {
  readonly policy: SlaPolicy;
  readonly isVip: boolean;
}

const rankOf = (type: ComplaintEventType): number => COMPLAINT_EVENT_TYPES.indexOf(type);

/** By instant; where two are equal, by what they are, so that the order in which they were heard of never counts. */
export function inOrder(events: readonly StoryEvent[]): readonly StoryEvent[] {
  return [...events].sort((a, b) => a.atMs - b.atMs || rankOf(a.type) - rankOf(b.type));
}

/** Tells a complaint's story from what has happened. */
export function tellComplaint(events: readonly StoryEvent[], rules: StoryRules): ComplaintStory {
  const ordered = inOrder(events);
  const opened = ordered.find(({ type }) => type === 'opened');
  if (!opened) throw new Error('a complaint that was never opened');
  const teller = new Teller(opened, rules);
  for (const event of ordered) if (event !== opened) teller.take(event);
  return teller.story();
}

/** Whether it may be opened again at this instant; later a new complaint is linked to it. */
export function mayReopen(story: ComplaintStory, atMs: number, policy: SlaPolicy): boolean {
  const endMs = story.cycles.at(-1)?.endMs ?? null;
  return endMs !== null && atMs <= endMs + reopenMs(policy);
}

class Teller {
  private severity: ComplaintSeverity;
  private deadlineMs: number | null = null;
  private assignee: string | null = null;
  private assignedAtMs: number | null = null;
  private isAnswered = false;
  private offer: { readonly atMs: number; readonly code: ResolutionCode } | undefined;
  private readonly cycles: Cycle[] = [];
  private readonly clocks: Clock[] = [];
  private current: CycleClocks;
  private readonly openedMs: number;

  constructor(
    opened: StoryEvent,
    private readonly rules: StoryRules,
  ) {
    this.openedMs = opened.atMs;
    this.severity = opened.severity ?? 'P2';
    this.deadlineMs = opened.deadlineMs ?? null;
    this.current = this.begin(opened.atMs);
  }

  take(event: StoryEvent): void {
    const { atMs, type } = event;
    if (atMs < this.openedMs) return this.take({ ...event, atMs: this.openedMs });
    if (type === 'assigned') return this.assign(event);
    if (type === 'upstream-filed') return this.current.fileUpstream(event.upstreamKey ?? '', atMs);
    if (type === 'upstream-answered')
      return this.current.answerUpstream(event.upstreamKey ?? '', atMs);
    if (this.current.isEnded) {
      if (type === 'reopened') this.reopen(atMs);
      return;
    }
    this.takeRunning(event);
  }

  private takeRunning(event: StoryEvent): void {
    const { atMs } = event;
    const acts: Partial<Record<ComplaintEventType, () => void>> = {
      'severity-changed': () => {
        this.severity = event.severity ?? this.severity;
        this.retarget(atMs);
      },
      'deadline-set': () => {
        this.deadlineMs = event.deadlineMs ?? this.deadlineMs;
        this.retarget(atMs);
      },
      'staff-message': () => this.answer(atMs),
      'remedy-given': () => this.answer(atMs),
      'staff-question': () => {
        this.answer(atMs);
        this.current.pause('waiting-info', atMs);
      },
      'solution-offered': () => {
        this.answer(atMs);
        this.offer = { atMs, code: event.resolutionCode ?? 'other' };
        this.current.pause('waiting-confirm', atMs);
      },
      resumed: () => this.resume(atMs),
      'customer-message': () => this.resume(atMs),
      confirmed: () => this.agree(this.offer !== undefined, atMs),
      silence: () => this.agree(this.isSilent(atMs), atMs),
      withdrawn: () => this.end(atMs, null),
    };
    acts[event.type]?.();
  }

  story(): ComplaintStory {
    return {
      status: this.status(),
      severity: this.severity,
      assignee: this.assignee,
      assignedAtMs: this.assignedAtMs,
      openedMs: this.openedMs,
      cycles: this.current.isEnded
        ? this.cycles
        : [
            ...this.cycles,
            { ...this.cycleHead(), endMs: null, isWithdrawn: false, resolutionCode: null },
          ],
      clocks: [...this.clocks, ...this.current.list()],
      silenceAtMs: this.offer ? this.offer.atMs + silenceMs(this.rules.policy) : null,
    };
  }

  private status(): ComplaintStatus {
    if (this.current.isEnded) return this.cycles.at(-1)?.isWithdrawn ? 'withdrawn' : 'solved';
    if (this.offer) return 'solution-offered';
    if (this.current.openPause) return 'waiting-customer';
    return this.isAnswered ? 'handling' : 'received';
  }

  private cycleHead(): { readonly cycleNo: number; readonly startMs: number } {
    return { cycleNo: this.current.cycleNo, startMs: this.current.startMs };
  }

  private begin(startMs: number): CycleClocks {
    const { policy, isVip } = this.rules;
    return new CycleClocks(policy, {
      severity: this.severity,
      isVip,
      cycleNo: this.cycles.length + 1,
      startMs,
      deadlineMs: this.deadlineMs,
    });
  }

  private assign({ assignee = null, atMs }: StoryEvent): void {
    this.assignee = assignee;
    this.assignedAtMs = atMs;
  }

  private retarget(atMs: number): void {
    this.current.retarget({ severity: this.severity, deadlineMs: this.deadlineMs }, atMs);
  }

  private answer(atMs: number): void {
    this.isAnswered = true;
    this.current.answer(atMs);
  }

  /** The complainant has written: nothing is agreed to, and nobody waits. */
  private resume(atMs: number): void {
    this.offer = undefined;
    this.current.resume(atMs, this.isAnswered);
  }

  private agree(isAgreed: boolean, atMs: number): void {
    if (isAgreed) this.end(atMs, this.offer?.code ?? 'other');
  }

  private isSilent(atMs: number): boolean {
    return this.offer !== undefined && atMs >= this.offer.atMs + silenceMs(this.rules.policy);
  }

  private end(atMs: number, code: ResolutionCode | null): void {
    const head = this.cycleHead();
    this.current.end(atMs);
    this.offer = undefined;
    this.cycles.push({ ...head, endMs: atMs, isWithdrawn: code === null, resolutionCode: code });
  }

  private reopen(atMs: number): void {
    const endMs = this.cycles.at(-1)?.endMs ?? null;
    if (endMs === null || atMs > endMs + reopenMs(this.rules.policy)) return;
    this.clocks.push(...this.current.list());
    this.isAnswered = false;
    this.current = this.begin(atMs);
  }
}
