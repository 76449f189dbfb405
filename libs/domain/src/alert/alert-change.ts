import type { AlertKind } from './alert-kind.js';

/** Something that an alert of this kind may be about, as it stands now. */
export interface AlertFact {
  readonly kind: AlertKind;
  /** What it is about: the code of a supplier, a product and its source. */
  readonly subject: string;
  /** `crossed` raises an alert, `clear` ends one; between the two neither happens, so that it does not flap. */
  readonly state: 'crossed' | 'between' | 'clear';
  /** What is to be seen: the balance, the number of orders. */
  readonly value: string;
}

export interface OpenAlert {
  readonly id: string;
  readonly kind: AlertKind;
  readonly subject: string;
}

export interface AlertChanges {
  readonly opened: readonly AlertFact[];
  /** Alerts whose cause is gone, or of which nothing is known any more. */
  readonly closed: readonly OpenAlert[];
}

/** Once per crossing: what is open stays open until it is clear, and only then may it be raised again. */
export function alertChanges(
  open: readonly OpenAlert[],
  facts: readonly AlertFact[],
): AlertChanges {
  const openKeys = new Set(open.map(keyOf));
  const states = new Map(facts.map((fact) => [keyOf(fact), fact.state]));
  return {
    opened: facts.filter((fact) => fact.state === 'crossed' && !openKeys.has(keyOf(fact))),
    closed: open.filter((alert) => (states.get(keyOf(alert)) ?? 'clear') === 'clear'),
  };
}

const keyOf = ({ kind, subject }: { kind: AlertKind; subject: string }): string =>
  `${kind} ${subject}`;

/** How far above its floor a balance must be again before the next alert. */
const REARM_FACTOR = 1.1;

export function balanceState(balanceHao: number, floorHao: number): AlertFact['state'] {
  if (balanceHao < floorHao) return 'crossed';
  return balanceHao >= floorHao * REARM_FACTOR ? 'clear' : 'between';
}
