import { BasePropertyComponent, useTranslation } from 'adminjs';
import React, { useState } from 'react';
import { Ask } from './ask';
import { useData } from './use-data';

const WITH_VERBS = ['Product', 'Platform', 'ApiCredential', 'LedgerAccount', 'CardImport'];
const RELOAD_MS = 1200;

/** A record with what can be done to it above. */
const RecordPage = (props: any) => {
  const { record, resource } = props;
  const { t } = useTranslation();
  const hasVerbs = WITH_VERBS.includes(resource.id);
  const { data, load } = useData(hasVerbs ? `verbs/${resource.id}/${record.id}` : null);
  const [verb, setVerb] = useState<any>(null);
  const [answer, setAnswer] = useState<any>(null);
  const verbs: any[] = data?.verbs ?? [];
  const done = (result: any) => {
    setAnswer({ verb, result });
    setVerb(null);
    void load();
    if (!verb.reveals) setTimeout(() => window.location.reload(), RELOAD_MS);
  };
  const button = (one: any) =>
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
    );
  return (
    <div className="kg inner">
      {verbs.length > 0 ? (
        <div className="kg-row" style={{ marginBottom: 16 }}>
          {verbs.map(button)}
        </div>
      ) : null}
      {verb ? <VerbQuestion verb={verb} onDone={done} onClose={() => setVerb(null)} /> : null}
      {answer ? <Answer {...answer} /> : null}
      <div className="kg-card kg-record">
        {resource.showProperties.map((property: any) => (
          <BasePropertyComponent
            key={property.propertyPath}
            where="show"
            property={property}
            resource={resource}
            record={record}
          />
        ))}
      </div>
    </div>
  );
};

const VerbQuestion = ({ verb, onDone, onClose }: any) => {
  const { t } = useTranslation();
  const fields = verb.fields?.map(({ name, label }: any) => ({ name, label: t(`page.${label}`) }));
  return (
    <Ask
      key={verb.name}
      question={{
        path: verb.path,
        title: t(`action.${verb.name}`),
        hint: verb.hint && t(`page.${verb.hint}`),
        body: verb.body,
        fields,
        danger: verb.tone === 'danger',
        hasFormKey: verb.hasFormKey,
      }}
      onDone={onDone}
      onClose={onClose}
    />
  );
};

const Answer = ({ verb, result }: any) => {
  const { t } = useTranslation();
  if (!verb.reveals)
    return (
      <p className="kg-ok" role="status">
        {t(`notice.${result.notice ?? verb.done ?? 'done'}`)}
      </p>
    );
  return (
    <div className="kg-panel secret" data-testid="secret">
      <h2>{t('notice.secretOnce')}</h2>
      {verb.reveals.map(({ name, label }: any) => (
        <div key={name} style={{ margin: '8px 0' }}>
          <div className="muted small">{t(`page.${label}`)}</div>
          <span className="mono">{result[name]}</span>{' '}
          <button
            type="button"
            className="kg-button tiny"
            onClick={() => void navigator.clipboard?.writeText(result[name])}
          >
            {t('action.copy')}
          </button>
        </div>
      ))}
    </div>
  );
};

export default RecordPage;
