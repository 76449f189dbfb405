import { useTranslation } from 'adminjs';
import React, { useState } from 'react';
import type { Question } from './ask';
import { command } from './calls';
import type { ComplaintPageView } from './complaint-views';
import { Tag } from './tag';

interface HeadProps {
  readonly data: ComplaintPageView;
  readonly onAsk: (question: Question) => void;
  readonly onRefresh: () => void;
  readonly onDone: (notice: string) => void;
}

const SEVERITIES = ['P0', 'P1', 'P2', 'P3', 'REG'];
const ACTS = ['message', 'confirm', 'withdraw'];

export const ComplaintHead = ({ data, onAsk, onRefresh, onDone }: HeadProps) => {
  const { t } = useTranslation();
  return (
    <div className="kg-row apart" style={{ marginBottom: 16 }}>
      <div className="kg-row">
        <h1 style={{ margin: 0 }} className="mono">
          {data.complaintNo}
        </h1>
        <Tag
          value={data.severity}
          of="Complaint.severity"
          label={t(`enum.complaintSeverity.${data.severity}`)}
        />
        <Tag
          value={data.status}
          of="Complaint.status"
          label={t(`enum.complaintStatus.${data.status}`)}
        />
        {data.isBreached ? <Tag value="failed" label={t('field.Complaint.isBreached')} /> : null}
      </div>
      <div className="kg-row">
        <Acts data={data} onAsk={onAsk} onDone={onDone} />
        <button type="button" className="kg-button" onClick={onRefresh}>
          {t('action.refresh')}
        </button>
        <a className="kg-button" href={data.runUrl} target="_blank" rel="noreferrer">
          {t('action.openRun')}
        </a>
      </div>
    </div>
  );
};

type Texts = (key: string) => string;

const optionsOf = (t: Texts, list: string, values: readonly string[]) =>
  values.map((value) => ({ value, text: t(`${list}${value}`) }));
const reasonOf = (t: Texts) => ({ name: 'reason', label: t('page.common.reason') });

const moveQuestion = (t: Texts, id: string, move: 'resumed' | 'reopened'): Question => {
  const name = move === 'resumed' ? 'resumeComplaint' : 'reopenComplaint';
  return {
    path: `complaints/${id}/move`,
    title: t(`action.${name}`),
    hint: t(`page.complaint.${name}Hint`),
    body: { move },
    fields: [reasonOf(t)],
  };
};

const severityQuestion = (t: Texts, { id, severity }: ComplaintPageView): Question => ({
  path: `complaints/${id}/severity`,
  title: t('action.changeSeverity'),
  hint: t('page.complaint.severityHint'),
  fields: [
    {
      name: 'severity',
      label: t('field.Complaint.severity'),
      options: optionsOf(
        t,
        'enum.complaintSeverity.',
        SEVERITIES.filter((one) => one !== severity),
      ),
    },
    { name: 'deadline', label: t('page.complaint.deadlineField'), isOptional: true },
    reasonOf(t),
  ],
});

const saidQuestion = (t: Texts, { id, may }: ComplaintPageView): Question => ({
  path: `complaints/${id}/customer-said`,
  title: t('action.noteCustomer'),
  hint: t('page.complaint.noteCustomerHint'),
  fields: [
    {
      name: 'act',
      label: t('page.complaint.act'),
      options: optionsOf(
        t,
        'page.complaint.act-',
        ACTS.filter((one) => one !== 'confirm' || may.confirm),
      ),
    },
    { name: 'text', label: t('page.complaint.said'), isOptional: true, isLong: true },
    { name: 'sentAt', label: t('page.complaint.saidAt'), isOptional: true },
  ],
});

/** What can be done now, each with the question that it needs. */
const Acts = (props: Omit<HeadProps, 'onRefresh'>) => {
  const { data, onAsk } = props;
  const { t } = useTranslation();
  const { may } = data;
  const button = (name: string, question: Question, tone = '') => (
    <button
      type="button"
      className={`kg-button ${tone}`}
      onClick={() => onAsk(question)}
      data-testid={name}
    >
      {t(`action.${name}`)}
    </button>
  );
  return (
    <>
      {may.write ? <Assign {...props} /> : null}
      {may.write ? button('noteCustomer', saidQuestion(t, data)) : null}
      {may.write ? button('changeSeverity', severityQuestion(t, data)) : null}
      {may.resume ? button('resumeComplaint', moveQuestion(t, data.id, 'resumed')) : null}
      {may.reopen
        ? button('reopenComplaint', moveQuestion(t, data.id, 'reopened'), 'danger')
        : null}
    </>
  );
};

/** One click gives it to somebody. */
const Assign = ({ data, onDone }: Omit<HeadProps, 'onRefresh'>) => {
  const { t } = useTranslation();
  const [error, setError] = useState<string | null>(null);
  const give = (assignee: string) => {
    setError(null);
    command<{ notice: string }>(`complaints/${data.id}/assign`, { assignee }, t)
      .then(({ notice }) => onDone(notice))
      .catch((refused: Error) => setError(refused.message));
  };
  return (
    <>
      <select
        aria-label={t('action.assignComplaint')}
        value={data.assignee ?? ''}
        onChange={(event) => give(event.target.value)}
        data-testid="assign"
      >
        <option value="">{t('page.complaint.nobody')}</option>
        {data.staff.map(({ email, name }) => (
          <option key={email} value={email}>
            {name}（{email}）
          </option>
        ))}
      </select>
      {data.may.take ? (
        <button
          type="button"
          className="kg-button main"
          onClick={() => give(data.me)}
          data-testid="take"
        >
          {t('action.takeComplaint')}
        </button>
      ) : null}
      {error ? <span className="kg-error">{error}</span> : null}
    </>
  );
};
