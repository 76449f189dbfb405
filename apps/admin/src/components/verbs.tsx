import { useTranslation } from 'adminjs';
import React from 'react';
import { Link } from 'react-router-dom';
import { type Answer, Ask } from './ask';
import { recordPage } from './places';
import type { Verb } from './views';

export const VerbButton = ({ verb, onAsk }: { verb: Verb; onAsk: (verb: Verb) => void }) => {
  const { t } = useTranslation();
  if (verb.kind === 'download')
    return (
      <a className="kg-button" href={`/admin/data/${verb.path}`}>
        {t(`action.${verb.name}`)}
      </a>
    );
  return (
    <button
      type="button"
      className={`kg-button ${verb.tone}`}
      data-testid={`verb-${verb.name}`}
      onClick={() => onAsk(verb)}
    >
      {t(`action.${verb.name}`)}
    </button>
  );
};

/** What a command answered; a secret stands here once and is nowhere afterwards. */
export const VerbAnswer = ({ verb, answer }: { verb: Verb; answer: Answer }) => {
  const { t } = useTranslation();
  if (!verb.reveals)
    return (
      <p className="kg-ok" role="status">
        {t(`notice.${String(answer['notice'] ?? verb.done ?? 'done')}`)}
        {answer['approvalId'] === undefined ? null : (
          <>
            {' '}
            <Link to={recordPage('Approval', String(answer['approvalId']))}>
              {t('action.openApproval')}
            </Link>
          </>
        )}
      </p>
    );
  const told = verb.reveals.filter(({ name }) => answer[name] !== undefined);
  return (
    <div className="kg-panel secret" data-testid="secret">
      <h2>{t('notice.secretOnce')}</h2>
      {told.map(({ name, label }) => (
        <div key={name} style={{ margin: '8px 0' }}>
          <div className="muted small">{t(`page.${label}`)}</div>
          <span className="mono">{answer[name]}</span>{' '}
          <button
            type="button"
            className="kg-button tiny"
            onClick={() => void navigator.clipboard?.writeText(String(answer[name]))}
          >
            {t('action.copy')}
          </button>
        </div>
      ))}
    </div>
  );
};

/** Asks what the verb needs to know, and does it. */
export const VerbQuestion = (props: {
  verb: Verb;
  onDone: (answer: Answer) => void;
  onClose: () => void;
}) => {
  const { verb, onDone, onClose } = props;
  const { t } = useTranslation();
  return (
    <Ask
      key={verb.name}
      question={{
        path: verb.path,
        title: t(`action.${verb.name}`),
        hint: verb.hint && t(`page.${verb.hint}`),
        body: verb.body,
        fields: verb.fields?.map((field) => ({ ...field, label: t(`page.${field.label}`) })),
        danger: verb.tone === 'danger',
        hasFormKey: verb.hasFormKey,
      }}
      onDone={onDone}
      onClose={onClose}
    />
  );
};
