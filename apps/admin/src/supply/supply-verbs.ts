import type { Pool } from 'pg';
import { MAY_STILL_DELIVER, mayStaff, type AttemptStatus, type SupplierStatus } from '#domain';
import type { Verb } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';

/** A supplier is paused and taken up again at once, and given its secret. */
export async function supplierVerbs(
  pool: Pool,
  staff: PanelStaff,
  id: string,
): Promise<readonly Verb[]> {
  if (!mayStaff(staff.role, 'supply.write')) return [];
  const { rows } = await pool.query<{ status: SupplierStatus; has_secret: boolean }>(
    'SELECT status, secret_sealed IS NOT NULL AS has_secret FROM suppliers WHERE id = $1',
    [id],
  );
  const supplier = rows[0];
  if (!supplier) return [];
  const to = supplier.status === 'active' ? 'paused' : 'active';
  return [
    {
      name: to === 'paused' ? 'pauseSupplier' : 'resumeSupplier',
      path: `suppliers/${id}/move`,
      kind: 'post',
      tone: to === 'paused' ? 'danger' : 'main',
      body: { to },
      hint: to === 'paused' ? 'supply.pauseHint' : 'supply.resumeHint',
    },
    {
      name: 'setSupplierSecret',
      path: `suppliers/${id}/secret`,
      kind: 'post',
      tone: supplier.has_secret ? 'plain' : 'main',
      hint: 'supply.secretHint',
      fields: [{ name: 'secret', label: 'supply.secret' }],
      done: 'secretStored',
    },
  ];
}

/** A route whose breaker has opened may be taken up again at once. */
export async function routeVerbs(
  _pool: Pool,
  staff: PanelStaff,
  id: string,
): Promise<readonly Verb[]> {
  if (!mayStaff(staff.role, 'supply.write')) return [];
  return [
    {
      name: 'resetBreaker',
      path: `supply-routes/${id}/reset-breaker`,
      kind: 'post',
      tone: 'plain',
      hint: 'supply.resetBreakerHint',
      fields: [reason],
      done: 'breakerReset',
    },
  ];
}

const reason = { name: 'reason', label: 'common.reason' } as const;

/** The four things a person may say of an attempt that is still open. */
export async function attemptVerbs(
  pool: Pool,
  staff: PanelStaff,
  id: string,
): Promise<readonly Verb[]> {
  if (!mayStaff(staff.role, 'supply.decide')) return [];
  const { rows } = await pool.query<{
    status: AttemptStatus;
    may_send: boolean;
    kind: 'card' | 'top-up';
    order_id: string | null;
  }>('SELECT status, may_send, kind, order_id FROM attempts WHERE id = $1', [id]);
  const attempt = rows[0];
  if (!attempt || !MAY_STILL_DELIVER[attempt.status] || attempt.may_send) return [];
  const verb = (name: string, decision: string, more: Partial<Verb>): Verb => ({
    name,
    path: `attempts/${id}/decide`,
    kind: 'post',
    tone: 'plain',
    body: { decision },
    hint: `supply.${name}Hint`,
    fields: [reason],
    done: 'attemptDecided',
    ...more,
  });
  const cards = { name: 'cards', label: 'supply.cards' } as const;
  return [
    verb('askAgain', 'ask-again', { tone: 'main' }),
    verb('saySucceeded', 'succeeded', {
      fields: attempt.kind === 'card' ? [cards, reason] : [reason],
    }),
    verb('sayFailed', 'failed', { tone: 'danger' }),
    ...(attempt.order_id === null
      ? []
      : [
          verb('giveTo', 'give-to', {
            tone: 'danger',
            fields: [{ name: 'supplierCode', label: 'supply.supplierCode' }, reason],
          }),
        ]),
  ];
}
