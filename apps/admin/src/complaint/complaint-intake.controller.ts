import { Body, Controller, Get, Header, HttpCode, Inject, Post, Query } from '@nestjs/common';
import pg from 'pg';
import { z } from 'zod';
import {
  COMPLAINT_CATEGORIES,
  COMPLAINT_SEVERITIES,
  COMPLAINT_TEXT_MAX,
  DomainError,
} from '#domain';
import { inTransaction } from '#domain/database';
import { openIn } from '#domain/stores';
import { Requires, Staff } from '../auth/permission.guard.js';
import type { IntakeOrder, IntakeView } from '../components/complaint-views.js';
import { checked, formKeyField } from '../http/checked.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import { noteIn } from './complaint-audit.js';
import { timeOf } from './complaint-commands.controller.js';

const short = (length: number) => z.string().trim().max(length).default('');
const intakeForm = z.strictObject({
  order: short(64),
  unitNo: z
    .string()
    .trim()
    .regex(/^\d{0,5}$/)
    .default(''),
  category: z.enum(COMPLAINT_CATEGORIES),
  severity: z.enum(['', ...COMPLAINT_SEVERITIES]).default(''),
  text: z.string().trim().min(4).max(COMPLAINT_TEXT_MAX),
  customerNo: short(64),
  contact: short(120),
  isVip: z.boolean().default(false),
  receivedAt: short(40),
  deadline: short(40),
  formKey: formKeyField,
});

interface OrderFound {
  readonly id: string;
  readonly order_no: string;
  readonly platform_id: string;
  readonly platform: string;
  readonly product: string;
  readonly quantity: number;
  readonly customer_no: string | null;
  readonly created_at: Date;
}

/** Its own number, or the merchant's where one platform alone uses it. */
const FIND = `
  SELECT o.id, o.order_no, o.platform_id, p.name AS platform, d.name AS product, o.quantity, o.customer_no, o.created_at
  FROM orders o JOIN platforms p ON p.id = o.platform_id JOIN products d ON d.id = o.product_id
  WHERE o.id IN (SELECT id FROM orders WHERE order_no = $1 UNION (SELECT id FROM orders WHERE merchant_order_no = $1 LIMIT 2))`;

/** Complaints that come by phone, chat or letter, entered by the person who took them. */
@Controller('admin')
export class ComplaintIntakeController {
  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {}

  /** What is known of the order that somebody names. */
  @Requires('complaint.write')
  @Header('Cache-Control', 'no-store')
  @Get('data/complaint-intake')
  async intake(@Query('order') order: unknown): Promise<IntakeView> {
    const number = typeof order === 'string' ? order.trim().slice(0, 64) : '';
    const found = number === '' ? undefined : await this.order(number);
    return {
      now: shanghaiTime(new Date()),
      order: found
        ? {
            orderNo: found.order_no,
            platform: found.platform,
            product: found.product,
            quantity: found.quantity,
            createdAt: shanghaiTime(found.created_at),
            open: await this.openOf(found.id),
          }
        : null,
    };
  }

  @Requires('complaint.write')
  @HttpCode(200)
  @Post('command/complaints')
  async open(
    @Staff() staff: PanelStaff,
    @Body() body: unknown,
  ): Promise<{ complaintId: string; complaintNo: string }> {
    const form = checked(intakeForm, body);
    const nowMs = Date.now();
    const order = form.order === '' ? undefined : await this.order(form.order);
    if (form.order !== '' && !order) throw new DomainError('complaint.order-unknown');
    const receivedMs = timeOf(form.receivedAt, '/receivedAt') ?? nowMs;
    const deadlineMs = timeOf(form.deadline, '/deadline');
    return inTransaction(this.pool, async (client) => {
      const same = await sameForm(client, form.formKey);
      if (same) return same;
      const opened = await openIn(client, {
        source: 'staff',
        platformId: order?.platform_id ?? null,
        fingerprint: form.formKey,
        category: form.category,
        severity: form.severity === '' ? undefined : form.severity,
        subject: order ? { orderId: order.id, unitNo: Number(form.unitNo) } : {},
        text: form.text,
        customerNo: form.customerNo || null,
        contact: form.contact || null,
        isVip: form.isVip,
        receivedMs,
        deadlineMs,
        staffEmail: staff.email,
        nowMs,
      });
      if (!opened) throw new DomainError('service.unavailable');
      const { complaintId, complaintNo } = opened;
      await noteIn(staff, {
        action: 'openComplaint',
        recordId: complaintId,
        after: { complaintNo, category: form.category },
      })(client);
      return { complaintId, complaintNo };
    });
  }

  private async order(number: string): Promise<OrderFound | undefined> {
    const { rows } = await this.pool.query<OrderFound>(FIND, [number]);
    return rows.length === 1 ? rows[0] : rows.find(({ order_no: own }) => own === number);
  }

  /** Complaints of the same order that are open already: it may be one of them. */
  private async openOf(orderId: string): Promise<IntakeOrder['open']> {
    const { rows } = await this.pool.query<{ id: string; complaint_no: string }>(
      `SELECT id, complaint_no FROM complaints WHERE order_id = $1 AND status NOT IN ('solved', 'withdrawn') ORDER BY id LIMIT 5`,
      [orderId],
    );
    return rows.map(({ id, complaint_no: complaintNo }) => ({ id, complaintNo }));
  }
}

/** Handed in twice, a form is one complaint: the second waits for the first and finds it among the newest. */
async function sameForm(
  client: pg.PoolClient,
  formKey: string,
): Promise<{ complaintId: string; complaintNo: string } | undefined> {
  await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [formKey]);
  const { rows } = await client.query<{ complaintId: string; complaintNo: string }>(
    `SELECT id AS "complaintId", complaint_no AS "complaintNo" FROM complaints
     WHERE id > (SELECT coalesce(max(id), 0) - 500 FROM complaints) AND source = 'staff' AND fingerprint = $1`,
    [formKey],
  );
  return rows[0];
}
