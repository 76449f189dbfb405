import type { ImportProgress } from '#domain/stores';

/** `1 line`, `2 lines`. */
export const counted = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? '' : 's'}`;

/** One line that is redrawn on a terminal; elsewhere a line each time. */
export class ProgressLine {
  private readonly startedMs = Date.now();
  private isOpen = false;

  constructor(private readonly out: NodeJS.WriteStream) {}

  show(now: ImportProgress, readShare: number): void {
    const passedMs = Math.max(1, Date.now() - this.startedMs);
    const perSecond = Math.round((now.readCount * 1_000) / passedMs);
    const percent = Math.min(100, Math.floor(readShare * 100));
    const text = `${counted(now.readCount, 'line')} read (${percent} %), ${now.importedCount} taken, ${now.refusedCount} refused, ${perSecond} lines/s`;
    this.out.write(this.out.isTTY ? `\r${text}\u001b[K` : `${text}\n`);
    this.isOpen = this.out.isTTY;
  }

  end(): void {
    if (this.isOpen) this.out.write('\n');
    this.isOpen = false;
  }
}
