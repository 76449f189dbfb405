import type { Pool } from 'pg';
import type { LicenceClock, RenewalStatus, VerificationResult } from '#domain';
import { type Language, translate } from '#domain/i18n';
import { recordPage, sectionsPage } from '../components/places.js';
import type { RelatedSection } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import { readRegister } from './licence.queries.js';
import { dayCell, say } from './licence-words.js';

const SHOWN = 50;

/** A licence as compliance works with it: where it stands, what hangs on it, its papers and its clocks. */
export async function licenceRelated(
  pool: Pool,
  { language }: PanelStaff,
  licenceId: string,
): Promise<readonly RelatedSection[]> {
  const [line] = await readRegister(pool, Date.now(), licenceId);
  if (!line) return [];
  return [
    {
      title: say(language, 'facts'),
      facts: [
        {
          label: say(language, 'status'),
          value: {
            text: translate(language, `enum.licenceStatus.${line.status}`),
            tag: line.status,
          },
        },
        {
          label: translate(language, 'field.Licence.expiresOn'),
          value: dayCell(language, line.expiresOn, line.daysLeft),
        },
        {
          label: say(language, 'applyIn'),
          value: dayCell(language, line.applyBy, line.applyDaysLeft),
        },
      ],
    },
    await covered(pool, language, licenceId),
    await renewals(pool, language, { licenceId, startDays: line.startDays }),
    await documents(pool, language, licenceId),
    await verifications(pool, language, licenceId),
    await reminders(pool, language, licenceId),
  ];
}

const COVERED = `
  SELECT DISTINCT p.id, p.code, p.name, p.status FROM licences l
  JOIN licence_requirements r ON r.type_id = l.type_id AND r.is_active AND (r.holder IS NULL OR r.holder = l.holder)
  JOIN products p ON (r.product_id IS NULL OR r.product_id = p.id) AND (r.category IS NULL OR r.category = p.category)
  WHERE l.id = $1 AND p.status <> 'retired' AND (l.categories = '{}' OR p.category = ANY(l.categories))
    AND (l.product_codes = '{}' OR p.code = ANY(l.product_codes))
    AND (l.territories = '{}' OR r.territory = ANY(l.territories)) ORDER BY p.code LIMIT ${SHOWN}`;

async function covered(pool: Pool, language: Language, id: string): Promise<RelatedSection> {
  const { rows } = await pool.query<{
    id: string;
    code: string;
    name: string;
    status: 'on-sale';
  }>(COVERED, [id]);
  return {
    title: say(language, 'covers', { count: SHOWN }),
    heads: [
      say(language, 'product'),
      translate(language, 'field.Product.name'),
      translate(language, 'field.Product.status'),
    ],
    rows: rows.map((row) => [
      { text: row.code, to: recordPage('Product', row.id) },
      { text: row.name },
      { text: translate(language, `enum.productStatus.${row.status}`), tag: row.status },
    ]),
    empty: say(language, 'coversNone'),
  };
}

const RENEWALS = `
  SELECT id, status, receipt_no AS "receiptNo", submitted_on::text AS "submittedOn", new_number AS "newNumber",
    new_expires_on::text AS "newExpiresOn", started_by AS "startedBy" FROM licence_renewals WHERE licence_id = $1
  ORDER BY created_at DESC LIMIT ${SHOWN}`;

async function renewals(
  pool: Pool,
  language: Language,
  of: { readonly licenceId: string; readonly startDays: number },
): Promise<RelatedSection> {
  const { rows } = await pool.query<{
    id: string;
    status: RenewalStatus;
    receiptNo: string | null;
    submittedOn: string | null;
    newNumber: string | null;
    newExpiresOn: string | null;
    startedBy: string;
  }>(RENEWALS, [of.licenceId]);
  const heads = [
    'status',
    'receiptNo',
    'submittedOn',
    'newNumber',
    'newExpiresOn',
    'startedBy',
  ] as const;
  return {
    title: say(language, 'renewals'),
    heads: heads.map((name) => translate(language, `field.LicenceRenewal.${name}`)),
    rows: rows.map((row) => [
      {
        text: translate(language, `enum.renewalStatus.${row.status}`),
        tag: row.status,
        to: recordPage('LicenceRenewal', row.id),
      },
      { text: row.receiptNo ?? '—' },
      { text: row.submittedOn ?? '—' },
      { text: row.newNumber ?? '—' },
      { text: row.newExpiresOn ?? '—' },
      { text: row.startedBy },
    ]),
    empty: say(language, 'noRenewals', { days: of.startDays }),
  };
}

const DOCUMENTS = `
  SELECT id, name, size_bytes AS size, sha256, uploaded_by AS "by", created_at AS at FROM licence_documents WHERE licence_id = $1
  ORDER BY id DESC LIMIT ${SHOWN}`;

async function documents(pool: Pool, language: Language, id: string): Promise<RelatedSection> {
  const { rows } = await pool.query<{
    id: string;
    name: string;
    size: number;
    sha256: string;
    by: string;
    at: Date;
  }>(DOCUMENTS, [id]);
  const heads = ['name', 'sizeBytes', 'sha256', 'uploadedBy', 'createdAt'] as const;
  return {
    title: say(language, 'documents'),
    heads: heads.map((name) => translate(language, `field.LicenceDocument.${name}`)),
    rows: rows.map((row) => [
      { text: row.name, note: `#${row.id}`, download: `licence-documents/${row.id}` },
      { text: String(row.size), isNumber: true },
      { text: `${row.sha256.slice(0, 12)}…` },
      { text: row.by },
      { text: shanghaiTime(row.at) },
    ]),
    empty: say(language, 'noDocuments'),
    links: [
      {
        label: say(language, 'upload'),
        to: sectionsPage('Licence', 'uploadDocument', { licence: id }),
      },
    ],
  };
}

const VERIFICATIONS = `
  SELECT result, registry, note, verified_by AS "by", created_at AS at, document_id AS "documentId" FROM licence_verifications
  WHERE licence_id = $1 ORDER BY id DESC LIMIT ${SHOWN}`;

async function verifications(pool: Pool, language: Language, id: string): Promise<RelatedSection> {
  const { rows } = await pool.query<{
    result: VerificationResult;
    registry: string;
    note: string | null;
    by: string;
    at: Date;
    documentId: string | null;
  }>(VERIFICATIONS, [id]);
  const heads = ['createdAt', 'result', 'registry', 'verifiedBy', 'documentId'] as const;
  return {
    title: say(language, 'verifications'),
    heads: heads.map((name) => translate(language, `field.LicenceVerification.${name}`)),
    rows: rows.map((row) => [
      { text: shanghaiTime(row.at) },
      {
        text: translate(language, `enum.verificationResult.${row.result}`),
        tag: row.result,
        tagOf: 'LicenceVerification.result',
        ...(row.note === null ? {} : { note: row.note }),
      },
      { text: row.registry },
      { text: row.by },
      row.documentId === null
        ? { text: '—' }
        : { text: `#${row.documentId}`, download: `licence-documents/${row.documentId}` },
    ]),
    empty: say(language, 'noVerifications'),
  };
}

const REMINDERS = `
  SELECT r.clock, r.days_left AS "daysLeft", r.due_on::text AS "dueOn", r.recipient, m.status FROM licence_reminders r
  JOIN licence_messages m ON m.id = r.message_id WHERE r.subject_id = $1 ORDER BY r.id DESC LIMIT ${SHOWN}`;

async function reminders(pool: Pool, language: Language, id: string): Promise<RelatedSection> {
  const { rows } = await pool.query<{
    clock: LicenceClock;
    daysLeft: number;
    dueOn: string;
    recipient: string;
    status: 'due';
  }>(REMINDERS, [id]);
  return {
    title: say(language, 'reminders'),
    heads: ['dueOn', 'clock', 'daysLeft', 'recipient', 'sent'].map((name) =>
      say(language, name as 'dueOn'),
    ),
    rows: rows.map((row) => [
      { text: row.dueOn },
      { text: translate(language, `enum.licenceClock.${row.clock}`) },
      { text: String(row.daysLeft), isNumber: true },
      { text: row.recipient },
      { text: translate(language, `enum.licenceMessageStatus.${row.status}`), tag: row.status },
    ]),
    empty: say(language, 'noReminders'),
  };
}
