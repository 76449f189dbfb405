import { useTranslation } from 'adminjs';
import React from 'react';
import type { SessionView } from './account-views';

/** Open log-ins with where they are; each can be ended but the one that looks. */
export const SessionTable = (props: {
  title: string;
  hint: string;
  sessions: readonly SessionView[];
  hasNames: boolean;
  onEnd: (key: string) => void;
  onEndOthers?: (() => void) | undefined;
}) => {
  const { t } = useTranslation();
  return (
    <section className="kg-card" data-testid={props.hasNames ? 'other-sessions' : 'my-sessions'}>
      <div className="kg-row" style={{ justifyContent: 'space-between' }}>
        <h2>{props.title}</h2>
        {props.onEndOthers ? (
          <button type="button" className="kg-button" onClick={props.onEndOthers}>
            {t('action.endOtherSessions')}
          </button>
        ) : null}
      </div>
      {props.hint ? <p className="muted">{props.hint}</p> : null}
      {props.sessions.length > 0 ? (
        <table>
          <thead>
            <tr>
              {props.hasNames ? <th>{t('field.Staff.name')}</th> : null}
              <th>{t('page.account.device')}</th>
              <th>{t('page.account.address')}</th>
              <th>{t('page.account.loginAt')}</th>
              <th>{t('page.account.lastSeenAt')}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {props.sessions.map((one) => (
              <SessionLine
                key={one.key}
                session={one}
                hasName={props.hasNames}
                onEnd={() => props.onEnd(one.key)}
              />
            ))}
          </tbody>
        </table>
      ) : null}
    </section>
  );
};

const SessionLine = (props: { session: SessionView; hasName: boolean; onEnd: () => void }) => {
  const { session, hasName, onEnd } = props;
  const { t } = useTranslation();
  return (
    <tr>
      {hasName ? (
        <td>
          {session.name}
          <div className="muted small">{session.email}</div>
        </td>
      ) : null}
      <td>
        {session.device}{' '}
        {session.isThis ? (
          <span className="kg-tag good">{t('page.account.thisSession')}</span>
        ) : null}
      </td>
      <td className="mono">{session.address}</td>
      <td>{session.loginAt}</td>
      <td>{session.lastSeenAt}</td>
      <td style={{ textAlign: 'right' }}>
        {session.isThis ? null : (
          <button type="button" className="kg-button tiny" onClick={onEnd}>
            {t('action.endSession')}
          </button>
        )}
      </td>
    </tr>
  );
};
