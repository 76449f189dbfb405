/** What went wrong with complaints, and what to do about it. */
export const complaintError = {
  'complaint.not-found': 'There is no complaint {complaintNo}. Check the number.',
  'complaint.number-reused':
    'The number {merchantComplaintNo} was used for a complaint with other content. Take another one.',
  'complaint.order-unknown':
    'The order, unit or card of the complaint was not found. Check its numbers.',
  'complaint.image-invalid':
    'A picture cannot be read: PNG, JPEG or WebP, at most {bytesMax} bytes each, at most {countMax} of them.',
  'complaint.nothing-offered': 'No solution is waiting for consent yet. Wait for an answer.',
  'complaint.ended':
    'The complaint has ended. It can be opened again for 7 days; after that, send a new one.',
  'complaint.not-ended': 'The complaint has not ended: write a message instead.',
  'complaint.needs-lead': 'Only a lead may lower the severity.',
  'complaint.no-supplier': 'The complaint is linked to no supplier, so nothing can be filed there.',
  'complaint.no-order':
    'The complaint is linked to no order, so the rules have nothing to make good.',
  'complaint.none-waiting': 'No complaint waits for somebody to take it.',
  'upstream.not-found': 'This complaint at a supplier was not found. Reload and try again.',
  'upstream.answered': 'The supplier has answered already.',
  'escalation.not-found': 'This escalation was not found, or somebody has acknowledged it.',
  'breach.not-found': 'This breach was not found. Reload and try again.',
  'breach.own': 'Somebody other than who asked must excuse it.',
  'sla-policy.not-found': 'This SLA version was not found. Reload and try again.',
  'sla-policy.fixed': 'A version that was in force is never changed. Make a new one.',
  'sla-policy.too-loose':
    'A severity is missing, or a time is looser than promised (1 hour, 24 hours).',
} as const;

export const complaintErrorTitle = {
  'complaint.not-found': 'No such complaint',
  'complaint.number-reused': 'Complaint number reused',
  'complaint.order-unknown': 'Order or card unknown',
  'complaint.image-invalid': 'Picture invalid',
  'complaint.nothing-offered': 'Nothing to confirm',
  'complaint.ended': 'Complaint has ended',
  'complaint.not-ended': 'Complaint has not ended',
  'complaint.needs-lead': 'Needs a lead',
  'complaint.no-supplier': 'No supplier',
  'complaint.no-order': 'No order',
  'complaint.none-waiting': 'Nothing to take',
  'upstream.not-found': 'No such complaint at a supplier',
  'upstream.answered': 'Answered already',
  'escalation.not-found': 'No such escalation',
  'breach.not-found': 'No such breach',
  'breach.own': 'Own request',
  'sla-policy.not-found': 'No such SLA version',
  'sla-policy.fixed': 'SLA version is fixed',
  'sla-policy.too-loose': 'SLA version too loose',
} as const;
