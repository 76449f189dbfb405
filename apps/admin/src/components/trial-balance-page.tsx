import { useTranslation } from 'adminjs';
import React, { useState } from 'react';
import { Link } from 'react-router-dom';
import { type Answer, Ask } from './ask';
import type { TrialBalanceView } from './ledger-views';
import { recordPage } from './places';
import { useData } from './use-data';
import { VerbAnswer } from './verbs';
import type { Verb } from './views';
import { Waiting } from './waiting';

/** All accounts as they stood at the end of a day, and the closing of months. */
const TrialBalancePage = () => {
  const { t } = useTranslation();
  const [date, setDate] = useState('');
  const [basis, setBasis] = useState<'posted' | 'effective'>('posted');
  const { data, error, load } = useData<TrialBalanceView>(
    `ledger/trial-balance?basis=${basis}&date=${date}`,
  );
  return (
    <div className="kg" data-testid="trial-balance">
      <h1>{t('page.ledger.trialTitle')}</h1>
      <p className="muted" style={{ marginBottom: 16 }}>
        {t('page.ledger.trialLead')}
      </p>
      <div className="kg-row" style={{ marginBottom: 16 }}>
        <label htmlFor="trial-date">{t('page.ledger.date')}</label>
        <input
          id="trial-date"
          type="date"
          value={date === '' ? (data?.date ?? '') : date}
          onChange={(event) => setDate(event.target.value)}
        />
        <label htmlFor="trial-basis">{t('page.ledger.basis')}</label>
        <select
          id="trial-basis"
          value={basis}
          onChange={(event) => setBasis(event.target.value === 'posted' ? 'posted' : 'effective')}
        >
          <option value="posted">{t('page.ledger.posted')}</option>
          <option value="effective">{t('page.ledger.effective')}</option>
        </select>
      </div>
      {data ? (
        <div className="kg-two">
          <Accounts data={data} />
          <Closing data={data} onDone={() => void load()} />
        </div>
      ) : (
        <Waiting error={error} onRetry={() => void load()} />
      )}
    </div>
  );
};

const Accounts = ({ data }: { data: TrialBalanceView }) => {
  const { t } = useTranslation();
  if (data.lines.length === 0)
    return <div className="kg-card muted">{t('page.ledger.noBalance')}</div>;
  return (
    <div className="kg-card scroll">
      <table>
        <thead>
          <tr>
            <th>{t('page.ledger.kind')}</th>
            <th>{t('page.ledger.account')}</th>
            <th className="right">{t('page.ledger.amount')}</th>
          </tr>
        </thead>
        <tbody>
          {data.lines.map((line) => (
            <tr key={line.id}>
              <td>{t(`enum.accountKind.${line.kind}`)}</td>
              <td>
                <Link to={recordPage('LedgerAccount', line.id)}>{line.code}</Link>
              </td>
              <td className="right">{line.amount}</td>
            </tr>
          ))}
          <tr>
            <th colSpan={2}>{t('page.ledger.total')}</th>
            <th className="right">{data.sum}</th>
          </tr>
        </tbody>
      </table>
    </div>
  );
};

const CLOSE: Verb = {
  name: 'closePeriod',
  path: 'ledger/periods/close',
  kind: 'post',
  tone: 'danger',
};

const Closing = ({ data, onDone }: { data: TrialBalanceView; onDone: () => void }) => {
  const { t } = useTranslation();
  const [isAsking, setAsking] = useState(false);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const { lastClosed, closable, nextMonth } = data;
  const done = (given: Answer) => {
    setAsking(false);
    setAnswer(given);
    onDone();
  };
  return (
    <div className="kg-card">
      <h2>{t('page.ledger.closeTitle')}</h2>
      <p className="muted small">{t('page.ledger.closeLead')}</p>
      <p>
        {lastClosed === null
          ? t('page.ledger.neverClosed')
          : t('page.ledger.closed', { month: lastClosed })}
      </p>
      <p>
        {closable === null
          ? t('page.ledger.closeNone', { month: nextMonth })
          : t('page.ledger.closeNext', { month: closable })}
      </p>
      {closable !== null && data.mayClose && !isAsking ? (
        <button type="button" className="kg-button danger" onClick={() => setAsking(true)}>
          {t('action.closePeriod')} {closable}
        </button>
      ) : null}
      {isAsking ? (
        <Ask
          question={{
            path: CLOSE.path,
            title: `${t('action.closePeriod')} ${closable ?? ''}`,
            body: { month: closable },
            fields: [{ name: 'reason', label: t('page.common.reason') }],
            danger: true,
            hasFormKey: true,
          }}
          onDone={done}
          onClose={() => setAsking(false)}
        />
      ) : null}
      {answer ? <VerbAnswer verb={CLOSE} answer={answer} /> : null}
    </div>
  );
};

export default TrialBalancePage;
