import type { Pool } from 'pg';
import { CAPACITY_MOVES, mayStaff, type CapacityStatus } from '#domain';
import type { Verb } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';

/** The plan as a sheet. */
export function peakPlanVerbs(
  _pool: Pool,
  _staff: PanelStaff,
  id: string,
): Promise<readonly Verb[]> {
  const sheet = (name: string, file: string): Verb => ({
    name,
    path: `peak-plans/${id}/${file}`,
    kind: 'download',
    tone: 'plain',
  });
  return Promise.resolve([
    sheet('downloadPeakXlsx', 'plan.xlsx'),
    sheet('downloadPeakCsv', 'plan.csv'),
  ]);
}

const note = { name: 'reason', label: 'stock.note' } as const;
const VERBS: Readonly<Record<Exclude<CapacityStatus, 'asked'>, Omit<Verb, 'path'>>> = {
  confirmed: {
    name: 'confirmCapacity',
    kind: 'post',
    tone: 'main',
    hint: 'stock.confirmHint',
    fields: [
      { name: 'quantity', label: 'stock.confirmQuantity' },
      { name: 'price', label: 'stock.price' },
      note,
    ],
  },
  declined: {
    name: 'declineCapacity',
    kind: 'post',
    tone: 'danger',
    hint: 'stock.declineHint',
    fields: [note],
  },
  used: { name: 'useCapacity', kind: 'post', tone: 'plain', hint: 'stock.useHint', fields: [note] },
};
const PATHS = { confirmed: 'confirm', declined: 'decline', used: 'use' } as const;

/** What a supplier may have said now. */
export async function capacityVerbs(
  pool: Pool,
  staff: PanelStaff,
  id: string,
): Promise<readonly Verb[]> {
  if (!mayStaff(staff.role, 'supply.write')) return [];
  const { rows } = await pool.query<{ status: CapacityStatus }>(
    'SELECT status FROM capacity_requests WHERE id = $1',
    [id],
  );
  const moves = rows[0] ? CAPACITY_MOVES[rows[0].status] : [];
  return moves.map((to) => ({ ...VERBS[to], path: `capacity-requests/${id}/${PATHS[to]}` }));
}
