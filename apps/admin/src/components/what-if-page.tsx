import { useTranslation } from 'adminjs';
import React, { useState } from 'react';
import { useLocation } from 'react-router';
import { RelatedSections } from './related-sections';
import type { WhatIfChoices, WhatIfView } from './supply-views';
import { useData } from './use-data';
import type { Choice } from './views';
import { Waiting } from './waiting';

type Question = Readonly<
  Record<'product' | 'quantity' | 'platform' | 'region' | 'account' | 'at', string>
>;

/** Who would get an order, and why: the very rules that give out orders, asked without an order. */
const WhatIfPage = () => {
  const { data, error, load } = useData<WhatIfChoices>('supply/what-if-choices');
  if (!data) return <Waiting error={error} onRetry={() => void load()} />;
  return <WhatIf choices={data} />;
};

const WhatIf = ({ choices }: { choices: WhatIfChoices }) => {
  const { t } = useTranslation();
  const named = new URLSearchParams(useLocation().search).get('product');
  const first = choices.products.find(({ id }) => id === named) ?? choices.products[0];
  const [question, setQuestion] = useState<Question>({
    product: first?.id ?? '',
    quantity: '1',
    platform: '',
    region: '',
    account: '',
    at: '',
  });
  const [asked, setAsked] = useState(question);
  const path =
    asked.product === '' ? null : `supply/what-if?${new URLSearchParams({ ...asked }).toString()}`;
  const { data, error, load } = useData<WhatIfView>(path);
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    setAsked(question);
    void load();
  };
  return (
    <div className="kg inner" data-testid="what-if">
      <h1>{t('page.supply.whatIfTitle')}</h1>
      <p className="muted">{t('page.supply.whatIfLead')}</p>
      {first === undefined ? (
        <div className="kg-card">
          <p className="muted">{t('page.supply.noProduct')}</p>
        </div>
      ) : (
        <form className="kg-card" onSubmit={submit}>
          <Fields choices={choices} question={question} onChange={setQuestion} />
        </form>
      )}
      {path !== null && !data ? <Waiting error={error} onRetry={() => void load()} /> : null}
      {data ? (
        <>
          <p className={data.isServed ? 'kg-ok' : 'kg-error'} role="status">
            {data.answer}
          </p>
          <RelatedSections sections={data.sections} />
        </>
      ) : null}
    </div>
  );
};

const Fields = (props: {
  choices: WhatIfChoices;
  question: Question;
  onChange: (question: Question) => void;
}) => {
  const { choices, question, onChange } = props;
  const { t } = useTranslation();
  const set = (name: keyof Question) => (value: string) => onChange({ ...question, [name]: value });
  const regions = choices.regions.map((region) => ({ id: region, code: region, name: '' }));
  return (
    <div className="kg-ask-row">
      <Pick
        label={t('page.import.product')}
        value={question.product}
        options={choices.products}
        onPick={set('product')}
      />
      <Write
        label={t('page.supply.quantity')}
        name="quantity"
        value={question.quantity}
        onWrite={set('quantity')}
      />
      <Pick
        label={t('field.Order.platformId')}
        value={question.platform}
        options={choices.platforms}
        empty={t('page.supply.anyPlatform')}
        onPick={set('platform')}
      />
      <Write label={t('page.supply.atTime')} name="at" value={question.at} onWrite={set('at')} />
      {regions.length > 0 ? (
        <Pick
          label={t('page.supply.region')}
          value={question.region}
          options={regions}
          empty={t('page.supply.anyRegion')}
          onPick={set('region')}
        />
      ) : null}
      <Write
        label={t('page.supply.account')}
        name="account"
        value={question.account}
        onWrite={set('account')}
      />
      <div>
        <button type="submit" className="kg-button main">
          {t('page.supply.ask')}
        </button>
      </div>
    </div>
  );
};

const Pick = (props: {
  label: string;
  value: string;
  options: readonly Choice[];
  empty?: string;
  onPick: (value: string) => void;
}) => (
  <label>
    {props.label}
    <select
      className="kg-field"
      value={props.value}
      onChange={(event) => props.onPick(event.target.value)}
    >
      {props.empty === undefined ? null : <option value="">{props.empty}</option>}
      {props.options.map(({ id, code, name }) => (
        <option key={id} value={id}>
          {name === '' ? code : `${code} ${name}`}
        </option>
      ))}
    </select>
  </label>
);

const Write = (props: {
  label: string;
  name: string;
  value: string;
  onWrite: (value: string) => void;
}) => (
  <label>
    {props.label}
    <input
      className="kg-field"
      type="text"
      name={props.name}
      autoComplete="off"
      value={props.value}
      placeholder={props.name === 'at' ? '2026-01-31 23:30' : ''}
      onChange={(event) => props.onWrite(event.target.value)}
    />
  </label>
);

export default WhatIfPage;
