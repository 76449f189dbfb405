const UNITS_MAX = 100;

/** Reads `1,3-5` as 1, 3, 4 and 5; 0 is the order as a whole. What is no unit of the order is left out. */
export function unitsOf(text: string, quantity: number): number[] {
  const units = new Set<number>();
  for (const part of text.split(/[,，、\s]+/)) {
    const range = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(part);
    if (!range) continue;
    const from = Number(range[1]);
    const to = Number(range[2] ?? range[1]);
    for (let no = from; no <= to && units.size < UNITS_MAX; no += 1)
      if (no <= quantity) units.add(no);
  }
  return [...units].sort((a, b) => a - b);
}
