import { sql, type Plant } from './doctor-plant.js';

/** An open complaint of class P2 that came an hour ago, with its two clocks. */
const A_COMPLAINT = `
  WITH one AS (
    INSERT INTO complaints (complaint_no, source, category, severity, status, summary, policy_id, received_at, next_at)
    SELECT 'C1', 'staff', 'service', 'P2', 'received', 'x', id, now() - interval '1 hour', now() + interval '1 hour' FROM sla_policy_versions
    RETURNING id, received_at
  ), cycle AS (
    INSERT INTO complaint_cycles (complaint_id, cycle_no, started_at) SELECT id, 1, received_at FROM one
  )
  INSERT INTO sla_clocks (complaint_id, cycle_no, kind, seq, started_at, target_seconds, due_at)
  SELECT id, 1, 'resolve', 1, received_at, 86400, received_at + interval '1 day' FROM one`;

export const COMPLAINT_PLANTS: readonly Plant[] = [
  {
    check: 'clock-outcome-follows-its-instants',
    what: 'a solution that came late counts as met',
    example: /the clock resolve of complaint C1 is met/,
    plant: sql(
      A_COMPLAINT,
      `UPDATE sla_clocks SET outcome = 'met', stopped_at = due_at + interval '1 second'`,
    ),
  },
  {
    check: 'breach-stands-at-its-due-time',
    what: 'a broken promise has no row',
    example: /the clock resolve of complaint C1 was due .* its breach is missing/,
    plant: sql(
      A_COMPLAINT,
      `UPDATE sla_clocks SET outcome = 'breached', stopped_at = due_at + interval '1 second'`,
    ),
  },
  {
    check: 'pause-keeps-its-limits',
    what: 'a clock stood still for a week',
    example: /cycle 1 of complaint C1 stood still 1 times/,
    plant: sql(
      A_COMPLAINT,
      `INSERT INTO sla_pauses (complaint_id, cycle_no, pause_no, reason, from_at, to_at, is_open)
       SELECT id, 1, 1, 'waiting-info', now(), now() + interval '7 days', false FROM complaints`,
    ),
  },
  {
    check: 'complaint-stands-as-its-cycle',
    what: 'a complaint is solved although its cycle runs',
    example: /complaint C1 is solved, and its cycle 1 runs/,
    plant: sql(A_COMPLAINT, `UPDATE complaints SET status = 'solved'`),
  },
  {
    check: 'complaint-clocks-are-looked-at',
    what: 'nobody looks at the clocks',
    example: /complaint C1 had something to do/,
    plant: sql(A_COMPLAINT, `UPDATE complaints SET next_at = now() - interval '1 hour'`),
  },
];
