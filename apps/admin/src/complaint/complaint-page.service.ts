import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import {
  causeOfCategory,
  DomainError,
  isComplaintEnded,
  isFinal,
  mayStaff,
  ROLE_PERMISSIONS,
  STAFF_ROLES,
  type OrderStatus,
} from '#domain';
import { translate } from '#domain/i18n';
import { complaintWorkflowId } from '#workflows';
import { giftWords, reasonWords, unitWords } from '../compensation/compensation-words.js';
import { proposalsOf } from '../compensation/proposals.js';
import type { ComplaintPageView, RemedyView } from '../components/complaint-views.js';
import { AdminConfig } from '../config.js';
import { runAddress } from '../history/run-of.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { factsOf } from './complaint-facts.js';
import * as queries from './complaint-page.queries.js';
import { breachView, pauseView, stepView, trailLine, upstreamView } from './complaint-lines.js';
import { say } from './complaint-words.js';
import { evidencePack } from './evidence.js';
import { clockView } from './work-list.queries.js';

const HANDLERS = STAFF_ROLES.filter((role) => ROLE_PERMISSIONS[role].includes('complaint.write'));
const REVEALED_MAX = 50;

interface OrderOfComplaint {
  readonly id: string;
  readonly status: OrderStatus;
  readonly platform_id: string;
  readonly customer_no: string | null;
  readonly card_units: readonly number[];
}

const ORDER = `
  SELECT o.id, o.status, o.platform_id, o.customer_no,
    array(SELECT d.unit_no FROM deliveries d WHERE d.order_id = o.id AND d.card_id IS NOT NULL ORDER BY d.unit_no LIMIT ${REVEALED_MAX}) AS card_units
  FROM orders o WHERE o.id = $1`;

/** Everything that one page tells about a complaint. */
@Injectable()
export class ComplaintPageService {
  constructor(
    @Inject(pg.Pool) private readonly pool: pg.Pool,
    private readonly config: AdminConfig,
  ) {}

  async show(staff: PanelStaff, id: string): Promise<ComplaintPageView> {
    const { pool } = this;
    const { language } = staff;
    const complaint = await queries.readComplaint(pool, id);
    if (!complaint) throw new DomainError('complaint.not-found', { complaintNo: id });
    const nowMs = Date.now();
    const order = await this.order(complaint.order_id);
    const [clocks, pauses, trail, steps, breaches, handlers, evidence, remedy] = await Promise.all([
      queries.readClocks(pool, id, new Date(nowMs)),
      queries.readPauses(pool, id),
      queries.readTrail(pool, id),
      queries.readSteps(pool, id),
      queries.readBreaches(pool, id),
      queries.readHandlers(pool, HANDLERS),
      evidencePack(pool, staff, complaint),
      this.remedy(staff, complaint, order),
    ]);
    const upstream = await queries.readUpstream(pool, id);
    const lines = trail.map((row) => ({
      isPublic: row.is_public,
      line: trailLine(language, row),
    }));
    return {
      nowMs,
      id,
      complaintNo: complaint.complaint_no,
      severity: complaint.severity,
      status: complaint.status,
      isEnded: isComplaintEnded(complaint.status),
      isBreached: complaint.is_breached,
      facts: factsOf(staff, complaint),
      clocks: clocks.map(clockView),
      pauses: pauses.map((row) => pauseView(language, row)),
      trail: lines.filter(({ isPublic }) => isPublic).map(({ line }) => line),
      notes: lines.filter(({ isPublic }) => !isPublic).map(({ line }) => line),
      steps: steps.map((row) => stepView(language, row)),
      breaches: breaches.map((row) => breachView(language, row)),
      remedy,
      upstream: upstream.map((row) => upstreamView(language, row)),
      evidence,
      order: order && { id: order.id, unitNos: order.card_units },
      runUrl: runAddress(this.config, complaintWorkflowId(complaint.complaint_no)),
      assignee: complaint.assignee,
      me: staff.email,
      staff: handlers,
      may: mayDo(staff, complaint, remedy, order),
    };
  }

  private async order(orderId: string | null): Promise<OrderOfComplaint | null> {
    if (orderId === null) return null;
    const { rows } = await this.pool.query<OrderOfComplaint>(ORDER, [orderId]);
    return rows[0] ?? null;
  }

  /** What the rules propose for it; null where there is no order, or where this person may not see compensation. */
  private async remedy(
    { language, role }: PanelStaff,
    complaint: queries.ComplaintRow,
    order: OrderOfComplaint | null,
  ): Promise<RemedyView | null> {
    if (!order || !mayStaff(role, 'compensation.read')) return null;
    const cause = causeOfCategory(complaint.category) ?? 'late';
    const units = String(complaint.unit_no);
    const head = { cause, units };
    if (!isFinal(order.status))
      return {
        ...head,
        lines: [],
        isGiven: false,
        isOffered: false,
        hint: say(language, 'orderRuns'),
      };
    const proposals = await proposalsOf(this.pool, order, {
      cause,
      unitNos: [complaint.unit_no],
    });
    return {
      ...head,
      lines: proposals.map(({ unitNo, decision, known }) => ({
        unit: unitWords(language, unitNo),
        gift: known
          ? giftWords(language, known.remedy, known.amount_hao)
          : giftWords(language, decision?.remedy ?? null, decision?.amountHao ?? 0),
        why: known
          ? `${translate(language, `enum.compensationStatus.${known.status}`)} · ${say(language, 'givenBefore')}`
          : reasonWords(language, decision?.reasons ?? []),
      })),
      isGiven: proposals.some(({ known }) => known !== undefined),
      isOffered: proposals.some(
        ({ decision, known }) => !known && decision !== null && decision.outcome !== 'decline',
      ),
      hint: null,
    };
  }
}

/** The buttons that make sense now and that this person may press; the commands check again. */
function mayDo(
  { role, email }: PanelStaff,
  complaint: queries.ComplaintRow,
  remedy: RemedyView | null,
  order: OrderOfComplaint | null,
): ComplaintPageView['may'] {
  const mayWrite = mayStaff(role, 'complaint.write');
  const isEnded = isComplaintEnded(complaint.status);
  const write = mayWrite && !isEnded;
  return {
    write,
    take: write && complaint.assignee !== email,
    reopen: mayWrite && isEnded,
    confirm: write && complaint.status === 'solution-offered',
    resume:
      write && (complaint.status === 'waiting-customer' || complaint.status === 'solution-offered'),
    remedy: write && canMakeGood(remedy) && mayStaff(role, 'compensation.write'),
    upstream: write && complaint.supplier_id !== null,
    reveal: order !== null && mayStaff(role, 'card.reveal'),
  };
}

/** The order has ended and this was not made good before. */
const canMakeGood = (remedy: RemedyView | null): boolean =>
  remedy !== null && remedy.hint === null && !remedy.isGiven;
