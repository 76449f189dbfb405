import { useTranslation } from 'adminjs';
import React, { useState } from 'react';
import { command, formKey } from './calls';

/** What a command answers: texts, numbers, yes or no. */
export type Answer = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Question {
  path: string;
  title: string;
  hint?: string | undefined;
  body?: Readonly<Record<string, unknown>> | undefined;
  fields?: readonly { readonly name: string; readonly label: string }[] | undefined;
  danger?: boolean | undefined;
  hasFormKey?: boolean | undefined;
}

/** A question on the page itself: what will happen, what must be said, yes or no. */
export const Ask = (props: {
  question: Question;
  onDone: (answer: Answer) => void;
  onClose: () => void;
}) => {
  const { question, onDone, onClose } = props;
  const { t } = useTranslation();
  const [values, setValues] = useState<Record<string, string>>({});
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [key] = useState(formKey);
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const body = { ...question.body, ...values, ...(question.hasFormKey ? { formKey: key } : {}) };
    command<Answer>(question.path, body, t)
      .then(onDone)
      .catch((refused: Error) => {
        setError(refused.message);
        setBusy(false);
      });
  };
  return (
    <form className="kg-panel" onSubmit={submit} data-testid="ask">
      <h2>{question.title}</h2>
      {question.hint ? <p className="muted">{question.hint}</p> : null}
      {(question.fields ?? []).map(({ name, label }, index) => (
        <div key={name} style={{ margin: '12px 0' }}>
          <label htmlFor={`ask-${name}`}>{label}</label>
          <input
            id={`ask-${name}`}
            name={name}
            type="text"
            autoComplete="off"
            autoFocus={index === 0}
            required
            value={values[name] ?? ''}
            onChange={(event) => setValues({ ...values, [name]: event.target.value })}
            placeholder={name === 'reason' ? t('page.common.reasonHint') : ''}
            style={{ width: '100%', maxWidth: 520 }}
          />
        </div>
      ))}
      {error ? (
        <p className="kg-error" role="alert">
          {error}
        </p>
      ) : null}
      <div className="kg-row" style={{ marginTop: 12 }}>
        <button
          type="submit"
          className={`kg-button ${question.danger ? 'danger' : 'main'}`}
          disabled={isBusy}
          data-testid="ask-confirm"
        >
          {t('action.confirm')}
        </button>
        <button type="button" className="kg-button" onClick={onClose}>
          {t('action.cancel')}
        </button>
      </div>
    </form>
  );
};
