import { createHash } from 'node:crypto';

/** Numbers that are the same for the same seed. */
export class Chance {
  private count = 0;

  constructor(private readonly seed: string) {}

  /** From 0 up to 1. */
  next(): number {
    this.count += 1;
    return (
      createHash('sha256').update(`${this.seed} ${this.count}`).digest().readUInt32BE() / 2 ** 32
    );
  }

  /** A whole number, both ends included. */
  between(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  of<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(this.next() * items.length)];
    if (item === undefined) throw new Error('nothing to choose from');
    return item;
  }

  /** Takes one out of a list, so that it is chosen once. */
  take<Item>(items: Item[]): Item {
    const [item] = items.splice(Math.floor(this.next() * items.length), 1);
    if (item === undefined) throw new Error('nothing left to choose from');
    return item;
  }

  isLucky(share: number): boolean {
    return this.next() < share;
  }

  digits(length: number): string {
    return Array.from({ length }, () => this.between(0, 9)).join('');
  }
}
