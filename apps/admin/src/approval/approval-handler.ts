import type { Pool, PoolClient } from 'pg';
import type { z } from 'zod';
import type { ApprovalKind, ApprovalLimit, Permission } from '#domain';
import type { Language, Messages } from '#domain/i18n';

/** One line of what would happen, in the reader's words: what stands there now and what will. */
export interface ApprovalFact {
  readonly label: string;
  readonly before?: string;
  readonly after: string;
  /** An address inside the panel. */
  readonly to?: string;
}

/** Who reads it, and from where. */
export interface ApprovalReading {
  readonly pool: Pool;
  readonly language: Language;
}

/** The transaction in which it is done. */
export interface ApprovalAct {
  readonly client: PoolClient;
  /** Makes it happen once, for ever: use it as the idempotency key of what is written. */
  readonly key: string;
  readonly recordId: string;
  readonly reason: string;
  readonly askedBy: string;
  /** Null where one person was enough. */
  readonly approvedBy: string | null;
  readonly nowMs: number;
}

/** What a command answers besides its notice. */
export type ActAnswer = Readonly<Record<string, string>>;

export interface ActResult {
  /** False where its key had done it before. */
  readonly isNew: boolean;
  readonly answer?: ActAnswer;
}

interface ApprovalSpec<Schema extends z.ZodType> {
  readonly kind: ApprovalKind;
  /** Whoever has it may decide, but for who asked. */
  readonly permission: Permission;
  /** The first limits of this kind; the owner changes them in the panel. */
  readonly limit: ApprovalLimit;
  /** What the audit log calls it. */
  readonly action: keyof Messages['action'];
  /** What the person is told when it was done, and when it had been done before. */
  readonly done: keyof Messages['notice'];
  readonly repeated: keyof Messages['notice'];
  readonly payload: Schema;
  /** What would happen, read anew each time it is looked at. */
  readonly facts: (
    payload: z.infer<Schema>,
    reading: ApprovalReading,
  ) => Promise<readonly ApprovalFact[]>;
  /** Does it, in the transaction of the decision. A DomainError undoes both and is shown to the decider. */
  readonly carryOut: (payload: z.infer<Schema>, act: ApprovalAct) => Promise<ActResult>;
  /** Allowed fields for the audit log. */
  readonly audited: (payload: z.infer<Schema>) => Readonly<Record<string, unknown>>;
}

/** A kind of act that may need a second person, whatever its payload is. */
export interface ApprovalHandler extends Omit<
  ApprovalSpec<z.ZodType>,
  'payload' | 'facts' | 'carryOut' | 'audited'
> {
  readonly facts: (payload: unknown, reading: ApprovalReading) => Promise<readonly ApprovalFact[]>;
  readonly carryOut: (payload: unknown, act: ApprovalAct) => Promise<ActResult>;
  readonly audited: (payload: unknown) => Readonly<Record<string, unknown>>;
}

/**
 * How another noun adds a kind:
 *
 * 1. its name into `APPROVAL_KINDS` (libs/domain/src/staff/approval.ts), and two texts `enum.approvalKind.<kind>`;
 * 2. a file in its own folder that exports `approvalHandler({ … })`;
 * 3. a line in `approval-handlers.ts`;
 * 4. its command calls `ApprovalsService.submit`, which does it at once within the limit and asks above it.
 */
export function approvalHandler<Schema extends z.ZodType>(
  spec: ApprovalSpec<Schema>,
): ApprovalHandler {
  const read = (payload: unknown): z.infer<Schema> => spec.payload.parse(payload);
  return {
    ...spec,
    facts: (payload, reading) => spec.facts(read(payload), reading),
    carryOut: (payload, act) => spec.carryOut(read(payload), act),
    audited: (payload) => spec.audited(read(payload)),
  };
}
