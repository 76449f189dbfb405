import { useTranslation } from 'adminjs';
import React, { useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import type { Answer } from './ask';
import { RelatedSections } from './related-sections';
import type { ResourceJson } from './types';
import { useData } from './use-data';
import { VerbAnswer, VerbButton, VerbQuestion } from './verbs';
import type { SectionsView, Verb } from './views';
import { Waiting } from './waiting';

/** A page that the server makes of sections: what it is about stands in its address, so that it can be sent to others. */
const SectionsPage = (props: { action: { name: string }; resource: ResourceJson }) => {
  const { action, resource } = props;
  const { t } = useTranslation();
  const { search } = useLocation();
  const path = `sections/${resource.id}/${action.name}${search}`;
  const { data, error, load } = useData<SectionsView>(path);
  const [verb, setVerb] = useState<Verb | null>(null);
  const [answered, setAnswered] = useState<{ verb: Verb; answer: Answer } | null>(null);
  if (!data) return <Waiting error={error} onRetry={() => void load()} />;
  const ask = (next: Verb) => {
    setAnswered(null);
    setVerb(next);
  };
  const done = (asked: Verb) => (answer: Answer) => {
    setAnswered({ verb: asked, answer });
    setVerb(null);
    void load();
  };
  return (
    <div className="kg inner" data-testid="sections-page">
      <h1>{t(`action.${action.name}`)}</h1>
      <p className="muted">{data.lead}</p>
      {data.form ? <AboutForm key={search} form={data.form} /> : null}
      <div className="kg-row" style={{ margin: '12px 0' }}>
        {(data.verbs ?? []).map((one) => (
          <VerbButton key={one.name} verb={one} onAsk={ask} />
        ))}
      </div>
      {verb ? <VerbQuestion verb={verb} onDone={done(verb)} onClose={() => setVerb(null)} /> : null}
      {answered ? <VerbAnswer {...answered} /> : null}
      <RelatedSections sections={data.sections} />
    </div>
  );
};

const AboutForm = ({ form }: { form: NonNullable<SectionsView['form']> }) => {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const [values, setValues] = useState(
    Object.fromEntries(form.fields.map(({ name, value }) => [name, value])),
  );
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    navigate(`${pathname}?${new URLSearchParams(values).toString()}`);
  };
  const change =
    (name: string) => (event: React.ChangeEvent<HTMLInputElement | HTMLSelectElement>) =>
      setValues({ ...values, [name]: event.target.value });
  return (
    <form className="kg-card kg-about" onSubmit={submit}>
      {form.fields.map(({ name, label, options }) => (
        <div key={name}>
          <label htmlFor={`about-${name}`}>{label}</label>
          {options ? (
            <select id={`about-${name}`} value={values[name] ?? ''} onChange={change(name)}>
              {options.map((option) => (
                <option key={option.value} value={option.value}>
                  {option.text}
                </option>
              ))}
            </select>
          ) : (
            <input
              id={`about-${name}`}
              type="text"
              autoComplete="off"
              value={values[name] ?? ''}
              onChange={change(name)}
            />
          )}
        </div>
      ))}
      <button type="submit" className="kg-button main">
        {form.submit}
      </button>
    </form>
  );
};

export default SectionsPage;
