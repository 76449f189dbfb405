import type { Pool } from 'pg';
import { decisionFault } from '#domain';
import { errorText, type Messages, translate } from '#domain/i18n';
import { readApproval, readApprovalLimit } from '#domain/stores';
import { recordPage } from '../components/places.js';
import type { RelatedCell, RelatedSection, Verb } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { approvalHandlerOf } from './approval-handlers.js';

/** What a request is about may not exist yet: then there is no page of it. */
const IS_ID = /^(\d+|[0-9a-f-]{36})$/;

/** Approve and refuse for a second person, withdraw for who asked; nothing once it is decided. */
export async function approvalVerbs(
  pool: Pool,
  staff: PanelStaff,
  id: string,
): Promise<readonly Verb[]> {
  const approval = await readApproval(pool, id);
  if (!approval || approval.status !== 'asked') return [];
  const verb = (name: string, more: Partial<Verb>): Verb => ({
    name,
    path: `approvals/${id}/${name}`,
    kind: 'post',
    tone: 'main',
    hint: `approval.${name}Hint`,
    ...more,
  });
  if (approval.askedBy === staff.email) return [verb('withdraw', { tone: 'plain' })];
  const { permission } = approvalHandlerOf(approval.kind);
  const limit = await readApprovalLimit(pool, approval.kind);
  const rules = { permission, limit, nowMs: Date.now() };
  if (decisionFault(approval, staff, rules) !== undefined) return [];
  return [
    verb('approve', {}),
    verb('refuse', { tone: 'danger', fields: [{ name: 'reason', label: 'common.reason' }] }),
  ];
}

/** What would happen, or has happened, in plain words, and why this reader may not decide it. */
export async function approvalRelated(
  pool: Pool,
  staff: PanelStaff,
  id: string,
): Promise<readonly RelatedSection[]> {
  const { language } = staff;
  const approval = await readApproval(pool, id);
  if (!approval) return [];
  const handler = approvalHandlerOf(approval.kind);
  const allFacts = await handler.facts(approval.payload, { pool, language });
  const limit = await readApprovalLimit(pool, approval.kind);
  const rules = { permission: handler.permission, limit, nowMs: Date.now() };
  const fault = approval.status === 'asked' ? decisionFault(approval, staff, rules) : undefined;
  const text = (key: keyof Messages['page']['approval']): string =>
    translate(language, `page.approval.${key}`);
  const isOpen = approval.status === 'asked';
  // What stands there now is no longer what stood there: before and after are told while it is open only.
  const facts = isOpen ? allFacts : allFacts.filter(({ before }) => before === undefined);
  const link = (to: string | undefined, cell: RelatedCell): RelatedCell =>
    to === undefined ? cell : { ...cell, to };
  const about = link(
    IS_ID.test(approval.recordId) ? recordPage(approval.resource, approval.recordId) : undefined,
    { text: translate(language, `entity.${approval.resource as keyof Messages['entity']}`) },
  );
  return [
    {
      title: text(isOpen ? 'would' : 'asked'),
      ...(fault === undefined ? {} : { hint: errorText(language, fault) }),
      heads: isOpen ? [text('what'), text('now'), text('after')] : [text('what'), text('content')],
      rows: [
        ...facts.map(({ label, before, after, to }) => [
          { text: label },
          ...(isOpen ? [{ text: before ?? '—' }] : []),
          link(to, { text: after }),
        ]),
        [{ text: text('record') }, ...(isOpen ? [{ text: '' }] : []), about],
      ],
      empty: '',
    },
  ];
}
