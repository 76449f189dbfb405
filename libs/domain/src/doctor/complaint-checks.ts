import type { DoctorCheck } from './check.js';

/** A clock that fell due so long ago has been looked at, also after a short outage. */
const LOOKED_AT_WITHIN = `interval '10 minutes'`;
const ENDED = `('solved', 'withdrawn')`;

export const COMPLAINT_CHECKS: readonly DoctorCheck[] = [
  {
    name: 'clock-outcome-follows-its-instants',
    looked: 'sla_clocks',
    violations: `
      SELECT format('the clock %s of complaint %s is %s: due %s, stopped %s', k.kind, c.complaint_no, k.outcome, k.due_at,
        coalesce(k.stopped_at::text, 'never')) AS example
      FROM sla_clocks k JOIN complaints c ON c.id = k.complaint_id
      WHERE k.outcome <> 'void' AND k.outcome <> CASE
        WHEN k.stopped_at IS NULL AND k.due_at < now() - ${LOOKED_AT_WITHIN} THEN 'breached'
        WHEN k.stopped_at IS NULL THEN k.outcome
        WHEN k.stopped_at <= k.due_at THEN 'met' ELSE 'breached' END`,
  },
  {
    name: 'breach-stands-at-its-due-time',
    looked: `sla_clocks WHERE outcome = 'breached'`,
    violations: `
      SELECT format('the clock %s of complaint %s was due %s and is breached, its breach %s', k.kind, c.complaint_no, k.due_at,
        coalesce('stands at ' || b.breached_at::text || CASE WHEN b.annulled_at IS NOT NULL THEN ', annulled' ELSE '' END, 'is missing')) AS example
      FROM sla_clocks k JOIN complaints c ON c.id = k.complaint_id LEFT JOIN sla_breaches b ON b.clock_id = k.id
      WHERE k.outcome = 'breached' AND (b.id IS NULL OR b.breached_at <> k.due_at OR b.annulled_at IS NOT NULL)
      UNION ALL
      SELECT format('a breach of complaint %s counts, and its clock %s is %s', c.complaint_no, k.kind, k.outcome)
      FROM sla_breaches b JOIN sla_clocks k ON k.id = b.clock_id JOIN complaints c ON c.id = b.complaint_id
      WHERE b.annulled_at IS NULL AND k.outcome <> 'breached'`,
  },
  {
    name: 'pause-keeps-its-limits',
    looked: 'sla_pauses',
    violations: `
      SELECT format('cycle %s of complaint %s stood still %s times, %s in all', p.cycle_no, c.complaint_no, count(*),
        sum(p.to_at - p.from_at)) AS example
      FROM sla_pauses p JOIN complaints c ON c.id = p.complaint_id
      GROUP BY c.complaint_no, p.cycle_no HAVING count(*) > 3 OR sum(p.to_at - p.from_at) > interval '72 hours'
      UNION ALL
      SELECT format('complaint %s stood still from %s to %s, and its customer wrote at %s', c.complaint_no, p.from_at, p.to_at, e.at)
      FROM sla_pauses p JOIN complaints c ON c.id = p.complaint_id
      JOIN complaint_events e ON e.complaint_id = p.complaint_id AND e.type = 'customer-message'
        AND e.at > p.from_at AND e.at < p.to_at`,
  },
  {
    name: 'complaint-stands-as-its-cycle',
    looked: 'complaints',
    violations: `
      SELECT format('complaint %s is %s, and its cycle %s %s', c.complaint_no, c.status, c.cycle_no,
        coalesce('ended ' || y.ended_at::text, 'runs')) AS example
      FROM complaints c LEFT JOIN complaint_cycles y ON y.complaint_id = c.id AND y.cycle_no = c.cycle_no
      WHERE (c.status IN ${ENDED}) <> (y.ended_at IS NOT NULL)`,
  },
  {
    name: 'complaint-clocks-are-looked-at',
    looked: 'complaints WHERE next_at IS NOT NULL',
    violations: `
      SELECT format('complaint %s had something to do at %s, and nobody looked', c.complaint_no, c.next_at) AS example
      FROM complaints c WHERE c.next_at < now() - ${LOOKED_AT_WITHIN}`,
  },
];
