/** A state machine as data: from each status, the statuses that may follow. */
export type Moves<Status extends string> = Readonly<Record<Status, readonly Status[]>>;

/** Whether the table lets `from` become `to`. */
export function canMove<Status extends string>(
  moves: Moves<Status>,
  from: Status,
  to: Status,
): boolean {
  return moves[from].includes(to);
}

/** Whether nothing may follow this status. */
export function isTerminal<Status extends string>(moves: Moves<Status>, status: Status): boolean {
  return moves[status].length === 0;
}

/** The statuses from which `to` can be reached in one step: the guard of `UPDATE … WHERE status IN (…)`. */
export function statusesBefore<Status extends string>(
  moves: Moves<Status>,
  to: Status,
): readonly Status[] {
  return (Object.keys(moves) as Status[]).filter((from) => moves[from].includes(to));
}
