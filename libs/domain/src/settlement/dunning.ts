/** Days after the due day on which a platform is reminded, where its agreement names no others. */
export const STANDARD_DUNNING_DAYS: readonly number[] = [1, 3, 7, 15, 30];

/** The steps that are due by now and were not taken; of several only the latest is told to anybody. */
export function dunningSteps(
  dunningDays: readonly number[],
  overdueDays: number,
  taken: readonly number[],
): { readonly due: readonly number[]; readonly told: number | undefined } {
  const due = [...new Set(dunningDays)]
    .filter((day) => day <= overdueDays && !taken.includes(day))
    .sort((a, b) => a - b);
  return { due, told: due.at(-1) };
}

/** The next step that lies ahead; undefined where all are behind. */
export const nextDunningDay = (
  dunningDays: readonly number[],
  overdueDays: number,
): number | undefined => [...dunningDays].sort((a, b) => a - b).find((day) => day > overdueDays);
