import { useTranslation } from 'adminjs';
import React, { useState } from 'react';
import { command, formKey } from './calls';
import type { VerbField } from './views';

/** What a command answers: texts, numbers, yes or no. */
export type Answer = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Question {
  path: string;
  title: string;
  hint?: string | undefined;
  body?: Readonly<Record<string, unknown>> | undefined;
  fields?: readonly VerbField[] | undefined;
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
  const [values, setValues] = useState<Record<string, string>>(() => valuesOf(question.fields));
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
      {(question.fields ?? []).map(({ name, label, ...more }, index) => (
        <AskField
          key={name}
          field={{ name, label, ...more }}
          isFirst={index === 0}
          value={values[name] ?? ''}
          onChange={(value) => setValues({ ...values, [name]: value })}
        />
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

const valuesOf = (fields: readonly VerbField[] = []): Record<string, string> =>
  Object.fromEntries(
    fields.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])),
  );

const AskField = (props: {
  field: VerbField;
  isFirst: boolean;
  value: string;
  onChange: (value: string) => void;
}) => {
  const { field, isFirst, value, onChange } = props;
  const { t } = useTranslation();
  const shared = {
    id: `ask-${field.name}`,
    name: field.name,
    required: field.isOptional !== true,
    value,
    style: { width: '100%', maxWidth: 520 },
  };
  return (
    <div style={{ margin: '12px 0' }}>
      <label htmlFor={shared.id}>{field.label}</label>
      {field.options ? (
        <select {...shared} onChange={(event) => onChange(event.target.value)}>
          <option value="">{t('page.common.choose')}</option>
          {field.options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.text}
            </option>
          ))}
        </select>
      ) : field.isLong ? (
        <textarea {...shared} rows={4} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <input
          {...shared}
          type="text"
          autoComplete="off"
          autoFocus={isFirst}
          onChange={(event) => onChange(event.target.value)}
          placeholder={field.name === 'reason' ? t('page.common.reasonHint') : ''}
        />
      )}
    </div>
  );
};
