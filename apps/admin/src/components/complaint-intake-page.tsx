import { useTranslation } from 'adminjs';
import React, { useEffect, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { Link } from 'react-router-dom';
import { command, formKey } from './calls';
import type { IntakeView } from './complaint-views';
import { COMPLAINT_WORK, recordPage } from './places';
import { useData } from './use-data';

const CATEGORIES = [
  'bad-card',
  'used-card',
  'not-received',
  'wrong-amount',
  'late',
  'service',
  'question',
  'mass-failure',
  'regulator',
  'other',
];
const SEVERITIES = ['P0', 'P1', 'P2', 'P3', 'REG'];
const TYPING_MS = 400;
const EMPTY = {
  order: '',
  unitNo: '',
  category: '',
  severity: '',
  text: '',
  customerNo: '',
  contact: '',
  receivedAt: '',
  deadline: '',
};
type Fields = typeof EMPTY;

/** The order that is named, looked up while it is typed. */
function useFoundOrder(order: string) {
  const [looked, setLooked] = useState(order.trim());
  useEffect(() => {
    const timer = window.setTimeout(() => setLooked(order.trim()), TYPING_MS);
    return () => window.clearTimeout(timer);
  }, [order]);
  const { data } = useData<IntakeView>(`complaint-intake?order=${encodeURIComponent(looked)}`);
  return { data, looked };
}

/** A complaint that came by phone, chat or letter: its clocks begin when the customer spoke, not when it is entered. */
const ComplaintIntakePage = () => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const asked = new URLSearchParams(useLocation().search);
  const [fields, setFields] = useState<Fields>({
    ...EMPTY,
    order: asked.get('order') ?? '',
    unitNo: asked.get('unit') ?? '',
  });
  const [isVip, setVip] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [key] = useState(formKey);
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    setBusy(true);
    command<{ complaintId: string }>('complaints', { ...fields, isVip, formKey: key }, t)
      .then(({ complaintId }) => navigate(recordPage('Complaint', complaintId)))
      .catch((refused: Error) => {
        setError(refused.message);
        setBusy(false);
      });
  };
  const set = (name: keyof Fields) => (value: string) => setFields({ ...fields, [name]: value });
  return (
    <div className="kg inner" data-testid="complaint-intake">
      <Link className="kg-back" to={COMPLAINT_WORK}>
        ‹ {t('action.work')}
      </Link>
      <h1>{t('action.intake')}</h1>
      <p className="muted">{t('page.complaint.intakeLead')}</p>
      <form className="kg-card" onSubmit={submit}>
        <IntakeFields fields={fields} set={set} />
        <label htmlFor="intake-text" style={{ marginTop: 14 }}>
          {t('page.complaint.whatHappened')}
        </label>
        <textarea
          id="intake-text"
          required
          minLength={4}
          maxLength={4000}
          rows={5}
          style={{ width: '100%' }}
          value={fields.text}
          onChange={(event) => set('text')(event.target.value)}
        />
        <VipBox isVip={isVip} onChange={setVip} />
        {error ? (
          <p className="kg-error" role="alert">
            {error}
          </p>
        ) : null}
        <button
          type="submit"
          className="kg-button main"
          disabled={isBusy}
          data-testid="open-complaint"
        >
          {t('action.openComplaint')}
        </button>
      </form>
    </div>
  );
};

const VipBox = (props: { isVip: boolean; onChange: (isVip: boolean) => void }) => {
  const { t } = useTranslation();
  return (
    <label style={{ margin: '8px 0' }}>
      <input
        type="checkbox"
        checked={props.isVip}
        onChange={(event) => props.onChange(event.target.checked)}
      />{' '}
      {t('page.complaint.vipField')}
    </label>
  );
};

const IntakeFields = (props: {
  fields: Fields;
  set: (name: keyof Fields) => (value: string) => void;
}) => {
  const { fields, set } = props;
  const { t } = useTranslation();
  const { data, looked } = useFoundOrder(fields.order);
  const line = (name: keyof Fields, label: string, placeholder?: string) => (
    <Line
      label={t(label)}
      name={name}
      value={fields[name]}
      onChange={set(name)}
      placeholder={placeholder}
    />
  );
  return (
    <>
      <div className="kg-ask-row">
        {line('order', 'page.complaint.orderNo')}
        {line('unitNo', 'page.complaint.unitField')}
        <Pick
          label={t('field.Complaint.category')}
          list="complaintCategory"
          values={CATEGORIES}
          value={fields.category}
          onChange={set('category')}
          isRequired
        />
        <Pick
          label={t('page.complaint.severityAuto')}
          list="complaintSeverity"
          values={SEVERITIES}
          value={fields.severity}
          onChange={set('severity')}
        />
        {line('customerNo', 'field.Complaint.customerNo')}
        {line('contact', 'field.Complaint.contact')}
        {line('receivedAt', 'page.complaint.receivedField', data?.now)}
        {line('deadline', 'page.complaint.deadlineField')}
      </div>
      <FoundOrder data={data} number={looked} />
    </>
  );
};

const FoundOrder = ({ data, number }: { data: IntakeView | null; number: string }) => {
  const { t } = useTranslation();
  if (number === '' || !data) return null;
  const { order } = data;
  if (!order) return <p className="kg-error">{t('page.complaint.orderUnknown')}</p>;
  return (
    <div className="kg-panel" data-testid="found-order">
      <strong>{order.orderNo}</strong> · {order.platform} · {order.product} × {order.quantity} ·{' '}
      {order.createdAt}
      {order.open.map(({ id, complaintNo }) => (
        <div key={id}>
          {t('page.complaint.alreadyOpen')}{' '}
          <Link to={recordPage('Complaint', id)}>{complaintNo}</Link>
        </div>
      ))}
    </div>
  );
};

const Line = (props: {
  label: string;
  name: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string | undefined;
}) => (
  <div>
    <label htmlFor={`intake-${props.name}`}>{props.label}</label>
    <input
      id={`intake-${props.name}`}
      type="text"
      autoComplete="off"
      style={{ width: '100%' }}
      placeholder={props.placeholder}
      value={props.value}
      onChange={(event) => props.onChange(event.target.value)}
    />
  </div>
);

const Pick = (props: {
  label: string;
  list: string;
  values: readonly string[];
  value: string;
  onChange: (value: string) => void;
  isRequired?: boolean;
}) => {
  const { t } = useTranslation();
  return (
    <div>
      <label htmlFor={`intake-${props.list}`}>{props.label}</label>
      <select
        id={`intake-${props.list}`}
        required={props.isRequired ?? false}
        style={{ width: '100%' }}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
      >
        <option value="">
          {t(props.isRequired ? 'page.common.choose' : 'page.complaint.byCategory')}
        </option>
        {props.values.map((value) => (
          <option key={value} value={value}>
            {t(`enum.${props.list}.${value}`)}
          </option>
        ))}
      </select>
    </div>
  );
};

export default ComplaintIntakePage;
