import { pause } from '../pause.js';

/** Workflow tasks that may wait in the server before the relay holds back. */
const BACKLOG_MAX = 16;
const LOOK_EVERY_MS = 300;

/**
 * Keeps the relay from starting runs faster than the workers take them. Otherwise a burst of orders would fill the task
 * queue, and a deadline or a cancellation would stand in line behind thousands of starts; in the outbox they wait as well.
 */
export class StartGate {
  private isFull = false;
  private startCount = 0;

  constructor(private readonly readBacklog: () => Promise<number>) {}

  get isOpen(): boolean {
    return !this.isFull;
  }

  noteStart(): void {
    this.startCount += 1;
  }

  /** Looks at the queue while there are starts; an idle relay asks nothing. */
  async run(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      await pause(LOOK_EVERY_MS, stop);
      if (this.startCount === 0 && !this.isFull) continue;
      this.startCount = 0;
      this.isFull = await this.readBacklog().then(
        (count) => count > BACKLOG_MAX,
        () => false,
      );
    }
  }
}
