import { useTranslation } from 'adminjs';
import React, { useState } from 'react';
import type { AccountView } from './account-views';
import { command } from './calls';

const FEW_CODES = 3;

/** How one's second factor stands, and what can be done about it. */
export const SecondFactorCard = (props: {
  view: AccountView['secondFactor'];
  onAct: (path: string, body: unknown, done: string) => Promise<void>;
  onChanged: () => void;
}) => {
  const { view, onAct, onChanged } = props;
  const { t } = useTranslation();
  return (
    <section className="kg-card" data-testid="second-factor">
      <h2>{t('page.account.secondFactor')}</h2>
      {view.since === null ? (
        <>
          <p className="muted">{t('page.account.isOff')}</p>
          <a className="kg-button main" href="/admin/second-factor/setup">
            {t('action.secondFactorOn')}
          </a>
        </>
      ) : (
        <>
          <p className="kg-ok">{t('page.account.isOn', { since: view.since })}</p>
          <RecoveryCodes left={view.codesLeft} onChanged={onChanged} />
          {view.isRequired ? (
            <p className="muted small">{t('page.account.isRequired')}</p>
          ) : (
            <TurnOff onSure={() => void onAct('me/second-factor/off', {}, 'secondFactorIsOff')} />
          )}
        </>
      )}
    </section>
  );
};

const TurnOff = ({ onSure }: { onSure: () => void }) => {
  const { t } = useTranslation();
  const [isAsking, setAsking] = useState(false);
  if (!isAsking)
    return (
      <button type="button" className="kg-button" onClick={() => setAsking(true)}>
        {t('action.secondFactorOff')}
      </button>
    );
  return (
    <div className="kg-panel">
      <p>{t('page.account.offHint')}</p>
      <div className="kg-row">
        <button type="button" className="kg-button danger" onClick={onSure}>
          {t('action.secondFactorOff')}
        </button>
        <button type="button" className="kg-button" onClick={() => setAsking(false)}>
          {t('action.cancel')}
        </button>
      </div>
    </div>
  );
};

const RecoveryCodes = ({ left, onChanged }: { left: number; onChanged: () => void }) => {
  const { t } = useTranslation();
  const [codes, setCodes] = useState<readonly string[]>([]);
  const [error, setError] = useState<string | null>(null);
  const renew = () =>
    command<{ codes: readonly string[] }>('me/recovery-codes', {}, t)
      .then((answer) => {
        setCodes(answer.codes);
        setError(null);
        onChanged();
      })
      .catch((refused: Error) => setError(refused.message));
  return (
    <div style={{ margin: '12px 0' }}>
      <p>{t('page.account.codesLeft', { left: String(left) })}</p>
      {left <= FEW_CODES ? <p className="kg-fault">{t('page.account.codesFew')}</p> : null}
      {error ? <p className="kg-error">{error}</p> : null}
      {codes.length > 0 ? (
        <div className="kg-panel secret" data-testid="recovery-codes">
          <p>{t('page.account.codesOnce')}</p>
          <ul className="kg-codes mono">
            {codes.map((code) => (
              <li key={code}>{code}</li>
            ))}
          </ul>
        </div>
      ) : (
        <button type="button" className="kg-button" onClick={() => void renew()}>
          {t('action.renewRecoveryCodes')}
        </button>
      )}
    </div>
  );
};
