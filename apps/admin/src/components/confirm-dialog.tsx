import { useTranslation } from 'adminjs';
import React, { useEffect, useState } from 'react';
import { command, onConfirmAsked } from './calls';

/**
 * Asks who is sitting there, over whatever page is open: what was typed there stays, and the act that asked for it goes on as
 * soon as it is answered.
 */
export const ConfirmDialog = () => {
  const { t } = useTranslation();
  const [answer, setAnswer] = useState<((isGiven: boolean) => void) | null>(null);
  useEffect(() => onConfirmAsked(() => new Promise((resolve) => setAnswer(() => resolve))), []);
  if (!answer) return null;
  const close = (isGiven: boolean) => {
    setAnswer(null);
    answer(isGiven);
  };
  return (
    <div
      className="kg kg-veil"
      onKeyDown={(event) => (event.key === 'Escape' ? close(false) : undefined)}
    >
      <ProofForm
        title={t('page.account.confirmTitle')}
        onDone={() => close(true)}
        onClose={() => close(false)}
      />
    </div>
  );
};

const ProofForm = (props: { title: string; onDone: () => void; onClose: () => void }) => {
  const { t } = useTranslation();
  const [proof, setProof] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    setBusy(true);
    command('me/confirm', { proof }, t)
      .then(props.onDone)
      .catch((refused: Error) => {
        setError(refused.message);
        setProof('');
        setBusy(false);
      });
  };
  return (
    <form
      className="kg-dialog"
      role="dialog"
      aria-modal="true"
      aria-labelledby="confirm-title"
      data-testid="confirm-dialog"
      onSubmit={submit}
    >
      <h2 id="confirm-title">{props.title}</h2>
      <p className="muted">{t('page.account.confirmHint')}</p>
      <label htmlFor="confirm-proof">{t('page.account.proof')}</label>
      <input
        id="confirm-proof"
        type="password"
        autoComplete="current-password"
        required
        autoFocus
        maxLength={200}
        value={proof}
        onChange={(event) => setProof(event.target.value)}
      />
      {error ? (
        <p className="kg-error" role="alert">
          {error}
        </p>
      ) : null}
      <div className="kg-row" style={{ marginTop: 16 }}>
        <button type="submit" className="kg-button main" disabled={isBusy}>
          {t('action.confirm')}
        </button>
        <button type="button" className="kg-button" onClick={props.onClose}>
          {t('action.cancel')}
        </button>
      </div>
    </form>
  );
};
