import { useTranslation } from 'adminjs';
import React, { useState } from 'react';

/** A new password of one's own. The old one is asked for where it was not given just now. */
export const PasswordForm = (props: {
  onAct: (path: string, body: unknown, done: string) => Promise<void>;
}) => {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const differs = again !== '' && again !== password;
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (password !== again) return;
    void props.onAct('me/password', { password }, 'passwordChanged').then(() => {
      setPassword('');
      setAgain('');
    });
  };
  return (
    <section className="kg-card">
      <h2>{t('page.account.password')}</h2>
      <p className="muted">{t('page.account.passwordHint')}</p>
      <form onSubmit={submit} className="kg-narrow">
        <label htmlFor="new-password">{t('page.account.newPassword')}</label>
        <input
          id="new-password"
          type="password"
          autoComplete="new-password"
          required
          minLength={10}
          maxLength={200}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <label htmlFor="repeat-password">{t('page.account.repeatPassword')}</label>
        <input
          id="repeat-password"
          type="password"
          autoComplete="new-password"
          required
          maxLength={200}
          value={again}
          onChange={(event) => setAgain(event.target.value)}
        />
        {differs ? <p className="kg-fault">{t('page.account.passwordDiffers')}</p> : null}
        <button type="submit" className="kg-button" disabled={differs} style={{ marginTop: 12 }}>
          {t('action.changePassword')}
        </button>
      </form>
    </section>
  );
};
