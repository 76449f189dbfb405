/** What an order's timeline tells. `status` events carry from and to; the others are notes beside them. */
export const ORDER_EVENT_TYPES = [
  'accepted',
  'delivered',
  'failed',
  'cancelled',
  'released',
  'cancel-asked',
  'retry-asked',
  'supply-asked',
  'supply-settled',
  'supply-undecided',
  'supply-decided',
  'callback-sent',
  'callback-failed',
  'callback-replayed',
  'card-revealed',
  'payment-recorded',
  'payment-reminded',
  'payment-overdue',
  'stage-begun',
  'stage-released',
  'stage-delivered',
  'stage-accepted',
  'deadline-extended',
  'compensation-asked',
  'compensated',
  'compensation-declined',
  'service-extended',
  're-ordered',
  'complained',
  'complaint-ended',
] as const;
export type OrderEventType = (typeof ORDER_EVENT_TYPES)[number];

export const ACTOR_KINDS = ['platform', 'staff', 'system', 'supplier'] as const;
export type ActorKind = (typeof ACTOR_KINDS)[number];

/** Who did it: a platform's code, a staff member's e-mail, or the part of the system. */
export interface Actor {
  readonly kind: ActorKind;
  readonly name: string;
}
