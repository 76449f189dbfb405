import type pg from 'pg';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain';
import {
  advanceComplaint,
  assignComplaint,
  changeSeverity,
  customerWrites,
  offerSolution,
  openComplaint,
  staffWrites,
  type OpenComplaint,
} from '#domain/stores';

const nothing = (): Promise<void> => Promise.resolve();

/** Tells one complaint, each step at its minute after it came. */
class Told {
  private constructor(
    private readonly pool: pg.Pool,
    private readonly staffEmail: string,
    private readonly startMs: number,
    readonly complaintId: string,
  ) {}

  static async open(
    pool: pg.Pool,
    staffEmail: string,
    given: Pick<OpenComplaint, 'platformId' | 'category' | 'subject' | 'text' | 'deadlineMs'> & {
      readonly no: string;
      readonly startMs: number;
    },
  ): Promise<Told> {
    const { no, startMs, ...complaint } = given;
    const { complaintId } = await openComplaint(pool, {
      ...complaint,
      source: 'platform-api',
      merchantComplaintNo: `SAMPLE-${no}`,
      receivedMs: startMs,
      nowMs: startMs,
    });
    return new Told(pool, staffEmail, startMs, complaintId);
  }

  async take(minute: number): Promise<void> {
    await assignComplaint(this.pool, { ...this.by(minute), assignee: this.staffEmail }, nothing);
  }

  async write(
    minute: number,
    type: 'staff-message' | 'staff-question' | 'internal-note',
    text: string,
  ): Promise<void> {
    await staffWrites(this.pool, { ...this.by(minute), type, text }, nothing);
  }

  async offer(
    minute: number,
    resolutionCode: 'replaced' | 'credited' | 'explained',
    text: string,
  ): Promise<void> {
    await offerSolution(this.pool, { ...this.by(minute), resolutionCode, text }, nothing);
  }

  async raise(minute: number, severity: 'P0' | 'P1', reason: string): Promise<void> {
    await changeSeverity(
      this.pool,
      { ...this.by(minute), severity, reason, isLead: true },
      nothing,
    );
  }

  async hear(minute: number, act: 'message' | 'confirm', text: string): Promise<void> {
    const atMs = this.at(minute);
    const { complaintId } = this;
    await customerWrites(this.pool, { complaintId, act, text, sentMs: atMs, nowMs: atMs });
  }

  private by(minute: number) {
    const { complaintId, staffEmail } = this;
    return { complaintId, staffEmail, nowMs: this.at(minute) };
  }

  private at(minute: number): number {
    return this.startMs + minute * MINUTE_MS;
  }
}

const AN_ORDER = `
  SELECT o.platform_id, o.id FROM orders o WHERE o.status = 'succeeded' AND o.quantity <= 3 ORDER BY o.id DESC LIMIT 3`;

/** Complaints in several states, so that a newcomer sees the work list alive. */
export async function addSampleComplaints(
  pool: pg.Pool,
  staffEmail: string,
  nowMs: number,
): Promise<void> {
  const known = await pool.query('SELECT 1 FROM complaints LIMIT 1');
  if (known.rowCount !== 0) return;
  const demo = await pool.query<{ id: string }>(`SELECT id FROM platforms WHERE code = 'demo'`);
  const orders = await pool.query<{ platform_id: string; id: string }>(AN_ORDER);
  const platformId = demo.rows[0]?.id ?? null;
  const about = (index: number): Pick<OpenComplaint, 'platformId' | 'subject'> => {
    const order = orders.rows[index];
    return order
      ? { platformId: order.platform_id, subject: { orderId: order.id, unitNo: 1 } }
      : { platformId, subject: {} };
  };
  const open = (given: Parameters<typeof Told.open>[2]): Promise<Told> =>
    Told.open(pool, staffEmail, given);
  const told = [
    ...(await runningOnes(open, about, { platformId, nowMs })),
    ...(await endedOnes(open, about, { platformId, nowMs })),
  ];
  for (const { complaintId } of told) await advanceComplaint(pool, { complaintId, nowMs });
}

type Open = (given: Parameters<typeof Told.open>[2]) => Promise<Told>;
type About = (index: number) => Pick<OpenComplaint, 'platformId' | 'subject'>;
interface Scene {
  readonly platformId: string | null;
  readonly nowMs: number;
}

async function runningOnes(
  open: Open,
  about: About,
  { platformId, nowMs }: Scene,
): Promise<Told[]> {
  const fresh = await open({
    ...about(0),
    no: '1',
    category: 'bad-card',
    text: '买家反映卡密无效，兑换时提示“代码不存在”，请核实。',
    startMs: nowMs - 8 * MINUTE_MS,
  });
  const asked = await open({
    platformId,
    subject: {},
    no: '2',
    category: 'late',
    text: '订单迟迟没有到账，客户已等待半天。',
    startMs: nowMs - 5 * HOUR_MS,
  });
  await asked.take(6);
  await asked.write(20, 'staff-message', '您好，已收到投诉，正在向货源核实充值进度。');
  await asked.write(25, 'internal-note', '货源后台显示处理中，已催。');
  await asked.write(240, 'staff-question', '请提供充值账号的截图，便于向货源申诉。');
  const offered = await open({
    ...about(1),
    no: '3',
    category: 'used-card',
    text: '卡密提示已被使用，买家要求补发。',
    startMs: nowMs - 6 * HOUR_MS,
  });
  await offered.take(4);
  await offered.write(9, 'staff-message', '已核对发卡记录，正在向货源查询使用时间。');
  await offered.offer(150, 'replaced', '经核实卡密异常，已补发同面额卡密，请确认。');
  const official = await open({
    platformId,
    subject: {},
    no: '4',
    category: 'regulator',
    text: '平台仲裁：买家就会员充值纠纷提起申诉，请在期限前提交凭证。',
    startMs: nowMs - 3 * HOUR_MS,
    deadlineMs: nowMs + 4 * DAY_MS,
  });
  await official.take(12);
  await official.write(30, 'staff-message', '凭证正在整理，将在期限前提交。');
  return [fresh, asked, offered, official];
}

async function endedOnes(open: Open, about: About, { platformId, nowMs }: Scene): Promise<Told[]> {
  const late = await open({
    platformId,
    subject: {},
    no: '5',
    category: 'service',
    text: '客服回复太慢，态度敷衍。',
    startMs: nowMs - 3 * DAY_MS,
  });
  await late.take(40);
  await late.write(80, 'staff-message', '非常抱歉让您久等，我们马上处理。');
  await late.offer(300, 'credited', '已向贵平台余额补贴 5 元，以示歉意。');
  await late.hear(420, 'confirm', '收到，谢谢。');
  const again = await open({
    ...about(2),
    no: '6',
    category: 'wrong-amount',
    text: '面额与下单不符，少了一半。',
    startMs: nowMs - 5 * DAY_MS,
  });
  await again.take(5);
  await again.write(15, 'staff-message', '正在核对面额。');
  await again.offer(90, 'explained', '充值分两笔到账，第二笔稍后到，请查看账单。');
  await again.hear(200, 'confirm', '好的。');
  await again.hear(1_700, 'message', '第二笔一直没有到账！');
  await again.raise(1_705, 'P0', '同一问题二次投诉');
  await again.write(1_708, 'staff-message', '第二笔已加急，请稍候。');
  await again.offer(1_760, 'explained', '第二笔已于 5 分钟前到账，请核对。');
  await again.hear(1_800, 'confirm', '到账了。');
  return [late, again];
}
