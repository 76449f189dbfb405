import { useTranslation } from 'adminjs';
import React, { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { Link } from 'react-router-dom';
import { command } from './calls';
import { ClockBar, ClockLeft, useServerNow } from './complaint-clock';
import type { WorkRow, WorkView } from './complaint-views';
import { COMPLAINT_INTAKE, recordPage } from './places';
import { Tag } from './tag';
import { useData } from './use-data';
import type { Choice } from './views';
import { Waiting } from './waiting';

const REFRESH_MS = 15_000;
const SCOPES = ['all', 'mine', 'unassigned', 'overdue'] as const;
const SEVERITIES = ['P0', 'REG', 'P1', 'P2', 'P3'];

interface Question {
  readonly scope: (typeof SCOPES)[number];
  readonly severity: string;
  readonly platform: string;
  readonly product: string;
}
const ALL: Question = { scope: 'all', severity: '', platform: '', product: '' };

/** Open complaints by the time that is left; it counts by itself and is read again every few seconds. */
const ComplaintWorkPage = () => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [question, setQuestion] = useState<Question>(ALL);
  const path = `complaint-work?${new URLSearchParams({ ...question }).toString()}`;
  const { data, error, load } = useData<WorkView>(path);
  const [fault, setFault] = useState<string | null>(null);
  const nowMs = useServerNow(data?.nowMs);
  useEffect(() => {
    const timer = window.setInterval(() => void load(), REFRESH_MS);
    return () => window.clearInterval(timer);
  }, [load]);
  const takeNext = () => {
    setFault(null);
    command<{ complaintId: string }>('complaints/take-next', {}, t)
      .then(({ complaintId }) => navigate(recordPage('Complaint', complaintId)))
      .catch((refused: Error) => setFault(refused.message));
  };
  return (
    <div className="kg inner" data-testid="complaint-work">
      <div className="kg-row apart">
        <div>
          <h1>{t('action.work')}</h1>
          <p className="muted">{t('page.complaint.workLead')}</p>
        </div>
        <div className="kg-row">
          <button type="button" className="kg-button" onClick={() => void load()}>
            {t('action.refresh')}
          </button>
          {data?.mayWrite ? (
            <>
              <Link className="kg-button" to={COMPLAINT_INTAKE}>
                {t('action.intake')}
              </Link>
              <button
                type="button"
                className="kg-button main"
                onClick={takeNext}
                data-testid="take-next"
              >
                {t('action.takeNext')}
              </button>
            </>
          ) : null}
        </div>
      </div>
      <Filters data={data} question={question} onChange={setQuestion} />
      {(fault ?? (data && error)) ? <p className="kg-error">{fault ?? error}</p> : null}
      {data ? (
        <List data={data} nowMs={nowMs} />
      ) : (
        <Waiting error={error} onRetry={() => void load()} />
      )}
    </div>
  );
};

const Filters = (props: {
  data: WorkView | null;
  question: Question;
  onChange: (question: Question) => void;
}) => {
  const { data, question, onChange } = props;
  const { t } = useTranslation();
  const set = (changed: Partial<Question>) => onChange({ ...question, ...changed });
  return (
    <div className="kg-row" style={{ marginBottom: 14 }}>
      <div className="kg-tabs" role="tablist">
        {SCOPES.map((scope) => (
          <button
            key={scope}
            type="button"
            role="tab"
            aria-selected={question.scope === scope}
            className={question.scope === scope ? 'here' : ''}
            onClick={() => set({ scope })}
          >
            {t(`page.complaint.scope-${scope}`)}{' '}
            <b className={scope === 'overdue' && data?.counts.overdue ? 'bad' : ''}>
              {data?.counts[scope] ?? ''}
            </b>
          </button>
        ))}
      </div>
      <select
        aria-label={t('field.Complaint.severity')}
        value={question.severity}
        onChange={(event) => set({ severity: event.target.value })}
      >
        <option value="">{t('page.complaint.allSeverities')}</option>
        {SEVERITIES.map((severity) => (
          <option key={severity} value={severity}>
            {t(`enum.complaintSeverity.${severity}`)}
          </option>
        ))}
      </select>
      <Choose
        label={t('page.complaint.allPlatforms')}
        choices={data?.platforms ?? []}
        value={question.platform}
        onChange={(platform) => set({ platform })}
      />
      <Choose
        label={t('page.complaint.allProducts')}
        choices={data?.products ?? []}
        value={question.product}
        onChange={(product) => set({ product })}
      />
    </div>
  );
};

const Choose = (props: {
  label: string;
  choices: readonly Choice[];
  value: string;
  onChange: (value: string) => void;
}) => (
  <select
    aria-label={props.label}
    value={props.value}
    onChange={(event) => props.onChange(event.target.value)}
  >
    <option value="">{props.label}</option>
    {props.choices.map(({ id, name }) => (
      <option key={id} value={id}>
        {name}
      </option>
    ))}
  </select>
);

const HEADS = [
  'page.complaint.timeLeft',
  'field.Complaint.severity',
  'field.Complaint.complaintNo',
  'field.Complaint.summary',
  'field.Complaint.status',
  'field.Complaint.platformId',
  'field.Complaint.assignee',
  'field.Complaint.receivedAt',
];

const List = ({ data, nowMs }: { data: WorkView; nowMs: number }) => {
  const { t } = useTranslation();
  if (data.rows.length === 0)
    return (
      <div className="kg-card">
        <p className="muted">{t('page.complaint.noWork')}</p>
      </div>
    );
  return (
    <div className="kg-card scroll">
      <table>
        <thead>
          <tr>
            {HEADS.map((head) => (
              <th key={head}>{t(head)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.rows.map((row) => (
            <Row key={row.id} row={row} nowMs={nowMs} />
          ))}
        </tbody>
      </table>
      {data.isCapped ? <p className="muted small">{t('page.complaint.capped')}</p> : null}
    </div>
  );
};

const Row = ({ row, nowMs }: { row: WorkRow; nowMs: number }) => {
  const { t } = useTranslation();
  const { clock } = row;
  return (
    <tr data-id={row.id} className={clock && clock.dueMs < nowMs ? 'kg-late' : ''}>
      <td style={{ minWidth: 150 }}>
        {clock ? (
          <>
            <span className="muted small">{t(`enum.clockKind.${clock.kind}`)}</span>{' '}
            <ClockLeft clock={clock} nowMs={nowMs} />
            <ClockBar clock={clock} nowMs={nowMs} />
          </>
        ) : (
          '–'
        )}
      </td>
      <td>
        <Tag
          value={row.severity}
          of="Complaint.severity"
          label={t(`enum.complaintSeverity.${row.severity}`)}
        />
      </td>
      <td>
        <Link className="mono" to={recordPage('Complaint', row.id)}>
          {row.complaintNo}
        </Link>
        <div className="muted small">{row.order}</div>
      </td>
      <td className="kg-summary">
        <strong>{t(`enum.complaintCategory.${row.category}`)}</strong>{' '}
        {row.isVip ? <Tag value="vip" label="VIP" /> : null}{' '}
        {row.cycleNo > 1 ? (
          <Tag value="failed" label={t('page.complaint.cycle', { no: row.cycleNo })} />
        ) : null}
        <div className="muted small">{row.summary}</div>
      </td>
      <td>
        <Tag
          value={row.status}
          of="Complaint.status"
          label={t(`enum.complaintStatus.${row.status}`)}
        />
      </td>
      <td>
        {row.platform || '–'}
        <div className="muted small">{row.product}</div>
      </td>
      <td>{row.assignee ?? <Tag value="none" label={t('page.complaint.nobody')} />}</td>
      <td>{row.receivedAt}</td>
    </tr>
  );
};

export default ComplaintWorkPage;
