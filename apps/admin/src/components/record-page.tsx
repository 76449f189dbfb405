import { Show, useTranslation } from 'adminjs';
import React, { useState } from 'react';
import { Ask } from './ask';
import { useData } from './use-data';

/** A record as the library shows it, with what can be done to it above. */
const RecordPage = (props: any) => {
  const { record, resource } = props;
  const { t } = useTranslation();
  const { data, load } = useData(`verbs/${resource.id}/${record.id}`);
  const [verb, setVerb] = useState<any>(null);
  const [answer, setAnswer] = useState<any>(null);
  const verbs: any[] = data?.verbs ?? [];
  const done = (result: any) => {
    setAnswer({ verb, result });
    setVerb(null);
    void load();
    if (!verb.reveals) setTimeout(() => window.location.reload(), 1200);
  };
  return (
    <>
      {verbs.length > 0 || answer ? (
        <div className="kg" style={{ paddingBottom: 0 }}>
          <div className="kg-row">
            {verbs.map((one) =>
              one.kind === 'download' ? (
                <a key={one.name} className="kg-button" href={`/admin/data/${one.path}`}>
                  {t(`action.${one.name}`)}
                </a>
              ) : (
                <button
                  key={one.name}
                  type="button"
                  className={`kg-button ${one.tone}`}
                  data-testid={`verb-${one.name}`}
                  onClick={() => {
                    setAnswer(null);
                    setVerb(one);
                  }}
                >
                  {t(`action.${one.name}`)}
                </button>
              ),
            )}
          </div>
          {verb ? (
            <Ask
              key={verb.name}
              question={{
                path: verb.path,
                title: t(`action.${verb.name}`),
                hint: verb.hint && t(`page.${verb.hint}`),
                body: verb.body,
                fields: verb.fields?.map((field: any) => ({
                  name: field.name,
                  label: t(`page.${field.label}`),
                })),
                danger: verb.tone === 'danger',
                hasFormKey: verb.hasFormKey,
              }}
              onDone={done}
              onClose={() => setVerb(null)}
            />
          ) : null}
          {answer ? <Answer {...answer} /> : null}
        </div>
      ) : null}
      <Show {...props} />
    </>
  );
};

const Answer = ({ verb, result }: any) => {
  const { t } = useTranslation();
  const text = t(`notice.${result.notice ?? verb.done ?? 'done'}`);
  if (!verb.reveals)
    return (
      <p className="kg-ok" role="status">
        {text}
      </p>
    );
  return (
    <div className="kg-panel secret" data-testid="secret">
      <h2>{t('notice.secretOnce')}</h2>
      <dl>
        {verb.reveals.map(({ name, label }: any) => (
          <div key={name} style={{ gridColumn: '1 / -1' }}>
            <dt>{t(`page.${label}`)}</dt>
            <dd className="mono">
              {result[name]}{' '}
              <button
                type="button"
                className="kg-button tiny"
                onClick={() => void navigator.clipboard?.writeText(result[name])}
              >
                {t('action.copy')}
              </button>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
};

export default RecordPage;
