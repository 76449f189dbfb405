import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import pg from 'pg';
import { type ApprovalKind, formatAmount, needsApproval } from '#domain';
import { inTransaction } from '#domain/database';
import {
  askApproval,
  decideApproval,
  ensureApprovalLimits,
  readApprovalLimit,
  withdrawApproval,
  writeAudit,
} from '#domain/stores';
import type { PanelStaff } from '../resource/resource-definition.js';
import type { ActAnswer, ApprovalHandler } from './approval-handler.js';
import { APPROVAL_HANDLERS, approvalHandlerOf } from './approval-handlers.js';

export interface Submission {
  readonly kind: ApprovalKind;
  /** Of the form: handed in twice, it is one act. */
  readonly formKey: string;
  /** The record that it is about, by the name of its entity. */
  readonly resource: string;
  readonly recordId: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** What is weighed against the limits; null always needs a second person. */
  readonly amountHao: number | null;
  readonly reason: string;
}

/** What the page is told: a key of `notice`, and where to find the request if it became one. */
export type Submitted = ActAnswer & { readonly notice: string; readonly approvalId?: string };

/** Four eyes: what is small is done at once, what is large waits for somebody else. */
@Injectable()
export class ApprovalsService implements OnApplicationBootstrap {
  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {}

  /** Kinds that this version brings get their first limits. */
  async onApplicationBootstrap(): Promise<void> {
    const limits = APPROVAL_HANDLERS.map(({ kind, limit }) => ({ kind, ...limit }));
    await ensureApprovalLimits(this.pool, limits);
  }

  submit(staff: PanelStaff, submission: Submission): Promise<Submitted> {
    const handler = approvalHandlerOf(submission.kind);
    return inTransaction(this.pool, async (client) => {
      const limit = await readApprovalLimit(client, submission.kind);
      return needsApproval(limit, submission.amountHao)
        ? this.ask(client, staff, submission)
        : this.doAtOnce(client, staff, { ...submission, handler });
    });
  }

  private async doAtOnce(
    client: pg.PoolClient,
    staff: PanelStaff,
    submission: Submission & { readonly handler: ApprovalHandler },
  ): Promise<Submitted> {
    const { handler, payload, resource, recordId, reason } = submission;
    const { isNew, answer } = await handler.carryOut(payload, {
      client,
      key: keyOf(submission),
      recordId,
      reason,
      askedBy: staff.email,
      approvedBy: null,
      nowMs: Date.now(),
    });
    if (!isNew) return { notice: handler.repeated, ...answer };
    await this.note(client, staff, {
      action: handler.action,
      resource,
      recordId,
      after: handler.audited(payload),
      reason,
    });
    return { notice: handler.done, ...answer };
  }

  private async ask(
    client: pg.PoolClient,
    staff: PanelStaff,
    submission: Submission,
  ): Promise<Submitted> {
    const { kind, resource, recordId, amountHao, reason } = submission;
    const { id, isNew } = await askApproval(client, {
      ...submission,
      key: keyOf(submission),
      askedBy: staff.email,
      nowMs: Date.now(),
    });
    if (isNew)
      await this.note(client, staff, {
        action: 'askApproval',
        resource,
        recordId,
        after: {
          approvalKind: kind,
          ...(amountHao === null ? {} : { amount: formatAmount(amountHao) }),
        },
        reason,
      });
    return { notice: 'approvalAsked', approvalId: id };
  }

  /** The decision and what follows from it are one transaction. */
  decide(
    staff: PanelStaff,
    decided: {
      readonly id: string;
      readonly decision: 'approved' | 'refused';
      readonly reason: string | null;
    },
  ): Promise<Submitted> {
    const nowMs = Date.now();
    return inTransaction(this.pool, async (client) => {
      const row = await decideApproval(client, {
        ...decided,
        decider: staff,
        nowMs,
        permissionOf: (kind) => approvalHandlerOf(kind).permission,
      });
      const handler = approvalHandlerOf(row.kind);
      const isApproved = decided.decision === 'approved';
      await this.note(client, staff, {
        action: isApproved ? 'approve' : 'refuse',
        resource: 'Approval',
        recordId: row.id,
        after: { approvalKind: row.kind, askedBy: row.askedBy },
        reason: decided.reason,
      });
      if (!isApproved) return { notice: 'approvalRefused' };
      await handler.carryOut(row.payload, {
        client,
        key: row.key,
        recordId: row.recordId,
        reason: row.reason,
        askedBy: row.askedBy,
        approvedBy: staff.email,
        nowMs,
      });
      await this.note(client, staff, {
        action: handler.action,
        resource: row.resource,
        recordId: row.recordId,
        after: { ...handler.audited(row.payload), askedBy: row.askedBy },
        reason: row.reason,
      });
      return { notice: 'approvalDone' };
    });
  }

  withdraw(staff: PanelStaff, id: string): Promise<Submitted> {
    return inTransaction(this.pool, async (client) => {
      const row = await withdrawApproval(client, { id, by: staff.email, nowMs: Date.now() });
      await this.note(client, staff, {
        action: 'withdraw',
        resource: 'Approval',
        recordId: id,
        after: { approvalKind: row.kind },
        reason: null,
      });
      return { notice: 'approvalWithdrawn' };
    });
  }

  private note(
    client: pg.PoolClient,
    staff: PanelStaff,
    done: {
      readonly action: string;
      readonly resource: string;
      readonly recordId: string;
      readonly after: Readonly<Record<string, unknown>>;
      readonly reason: string | null;
    },
  ): Promise<void> {
    return writeAudit(client, {
      staffEmail: staff.email,
      requestId: staff.requestId,
      address: staff.address,
      ...done,
    });
  }
}

const keyOf = ({ formKey }: Submission): string => `panel:${formKey}`;
