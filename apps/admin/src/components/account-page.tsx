import { useTranslation } from 'adminjs';
import React, { useState } from 'react';
import { PasswordForm } from './account-password';
import { SecondFactorCard } from './account-second-factor';
import { SessionTable } from './account-sessions';
import type { AccountView } from './account-views';
import { command } from './calls';
import { useData } from './use-data';

/** What everybody sees of their own access; an owner sees everybody's log-ins, too. */
const AccountPage = () => {
  const { t } = useTranslation();
  const { data, error, load } = useData<AccountView>('account');
  const [told, setTold] = useState<{ text: string; isFault: boolean } | null>(null);
  const act = (path: string, body: unknown, done: string) =>
    command(path, body, t)
      .then(() => {
        setTold({ text: t(`notice.${done}`), isFault: false });
        return load();
      })
      .catch((refused: Error) => setTold({ text: refused.message, isFault: true }));
  const shown = told ?? (error ? { text: error, isFault: true } : null);
  const end = (path: string) => void act(path, {}, 'sessionsEnded');
  return (
    <div className="kg inner kg-page">
      <h1>{t('page.account.title')}</h1>
      {shown ? (
        <p className={shown.isFault ? 'kg-error' : 'kg-ok'} role="status">
          {shown.text}
        </p>
      ) : null}
      {data ? (
        <>
          <p className="muted">
            {data.name} · {data.email}
          </p>
          <div className="kg-side">
            <SecondFactorCard view={data.secondFactor} onAct={act} onChanged={() => void load()} />
            <PasswordForm onAct={act} />
          </div>
          <SessionTable
            title={t('page.account.sessions')}
            hint={t('page.account.sessionsHint')}
            sessions={data.mine}
            hasNames={false}
            onEnd={(key) => end(`me/sessions/${key}/end`)}
            onEndOthers={data.mine.length > 1 ? () => end('me/sessions/end-others') : undefined}
          />
          {data.others ? (
            <SessionTable
              title={t('page.account.otherSessions')}
              hint={data.others.length === 0 ? t('page.account.noOthers') : ''}
              sessions={data.others}
              hasNames
              onEnd={(key) => end(`sessions/${key}/end`)}
            />
          ) : null}
        </>
      ) : null}
    </div>
  );
};

export default AccountPage;
