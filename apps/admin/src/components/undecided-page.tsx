import { useTranslation } from 'adminjs';
import React, { useState } from 'react';
import { Link } from 'react-router-dom';
import { command } from './calls';
import { recordPage } from './places';
import type { UndecidedRow, UndecidedView } from './supply-views';
import { Tag } from './tag';
import { useData } from './use-data';
import { Waiting } from './waiting';

interface Question {
  readonly sort: string;
  readonly supplier: string;
  readonly person: string;
}

/** The work list of unknown outcomes: sorted by age or money, asked about one by one or many at once. */
const UndecidedPage = () => {
  const { t } = useTranslation();
  const [question, setQuestion] = useState<Question>({ sort: 'age', supplier: '', person: '' });
  const { data, error, load } = useData<UndecidedView>(
    `supply/undecided?${new URLSearchParams({ ...question }).toString()}`,
  );
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [answer, setAnswer] = useState<{ text: string; isGood: boolean } | null>(null);
  const change = (next: Question) => {
    setChosen([]);
    setQuestion(next);
  };
  const askAgain = () => {
    command<{ asked: number; skipped: number }>('attempts/ask-again', { ids: chosen }, t)
      .then((told) => {
        setAnswer({ text: t('page.supply.askedCount', told), isGood: true });
        setChosen([]);
        void load();
      })
      .catch((refused: Error) => setAnswer({ text: refused.message, isGood: false }));
  };
  return (
    <div className="kg inner" data-testid="undecided">
      <div className="kg-row apart">
        <div>
          <h1>{t('page.supply.undecidedTitle')}</h1>
          <p className="muted">{t('page.supply.undecidedLead')}</p>
        </div>
        <button type="button" className="kg-button" onClick={() => void load()}>
          {t('action.refresh')}
        </button>
      </div>
      <Filters data={data} question={question} onChange={change}>
        {data?.mayDecide ? (
          <button
            type="button"
            className="kg-button main"
            disabled={chosen.length === 0}
            onClick={askAgain}
            data-testid="ask-again"
          >
            {t('page.supply.askSelected', { count: chosen.length })}
          </button>
        ) : null}
      </Filters>
      {answer ? (
        <p className={answer.isGood ? 'kg-ok' : 'kg-error'} role="status">
          {answer.text}
        </p>
      ) : null}
      {data ? (
        <List data={data} chosen={chosen} onChoose={setChosen} />
      ) : (
        <Waiting error={error} onRetry={() => void load()} />
      )}
    </div>
  );
};

const Filters = (props: {
  data: UndecidedView | null;
  question: Question;
  onChange: (question: Question) => void;
  children: React.ReactNode;
}) => {
  const { data, question, onChange, children } = props;
  const { t } = useTranslation();
  const set = (changed: Partial<Question>) => onChange({ ...question, ...changed });
  return (
    <div className="kg-row" style={{ marginBottom: 14 }}>
      <select value={question.sort} onChange={(event) => set({ sort: event.target.value })}>
        <option value="age">{t('page.supply.sortAge')}</option>
        <option value="money">{t('page.supply.sortMoney')}</option>
      </select>
      <select value={question.supplier} onChange={(event) => set({ supplier: event.target.value })}>
        <option value="">{t('page.supply.allSuppliers')}</option>
        {(data?.suppliers ?? []).map((code) => (
          <option key={code} value={code}>
            {code}
          </option>
        ))}
      </select>
      <label style={{ margin: 0 }}>
        <input
          type="checkbox"
          checked={question.person === 'yes'}
          onChange={(event) => set({ person: event.target.checked ? 'yes' : '' })}
        />{' '}
        {t('page.supply.onlyPerson')}
      </label>
      <span className="muted">{data?.total}</span>
      {children}
    </div>
  );
};

interface ListProps {
  readonly data: UndecidedView;
  readonly chosen: readonly string[];
  readonly onChoose: (ids: readonly string[]) => void;
}

const HEADS = [
  'field.Attempt.attemptNo',
  'field.Attempt.supplierId',
  'field.Attempt.productId',
  'field.Attempt.orderId',
  'page.supply.age',
  'page.supply.money',
  'page.supply.cause',
  'page.supply.asked',
  'page.supply.nextAsk',
];

const List = ({ data, chosen, onChoose }: ListProps) => {
  const { t } = useTranslation();
  if (data.rows.length === 0)
    return (
      <div className="kg-card">
        <p className="muted">{t('page.supply.none')}</p>
      </div>
    );
  const askable = data.rows.filter(({ mayAsk }) => mayAsk).map(({ id }) => id);
  const isAll = askable.length > 0 && chosen.length === askable.length;
  return (
    <div className="kg-card scroll">
      <table>
        <thead>
          <tr>
            <th>
              <input
                type="checkbox"
                aria-label={t('page.supply.selectAll')}
                checked={isAll}
                onChange={() => onChoose(isAll ? [] : askable)}
              />
            </th>
            {HEADS.map((head) => (
              <th key={head} className={head === 'page.supply.money' ? 'right' : ''}>
                {t(head)}
              </th>
            ))}
            <th />
          </tr>
        </thead>
        <tbody>
          {data.rows.map((row) => (
            <Row
              key={row.id}
              row={row}
              isChosen={chosen.includes(row.id)}
              onChoose={(isOn) =>
                onChoose(isOn ? [...chosen, row.id] : chosen.filter((id) => id !== row.id))
              }
            />
          ))}
        </tbody>
      </table>
      {data.isCapped ? (
        <p className="muted small">{t('page.supply.capped', { count: data.countMax })}</p>
      ) : null}
    </div>
  );
};

const Row = (props: {
  row: UndecidedRow;
  isChosen: boolean;
  onChoose: (isOn: boolean) => void;
}) => {
  const { row, isChosen, onChoose } = props;
  const { t } = useTranslation();
  return (
    <tr>
      <td>
        <input
          type="checkbox"
          aria-label={row.attemptNo}
          checked={isChosen}
          disabled={!row.mayAsk}
          onChange={(event) => onChoose(event.target.checked)}
        />
      </td>
      <td className="mono">{row.attemptNo}</td>
      <td>{row.supplierCode}</td>
      <td>
        {row.productName} × {row.quantity}
      </td>
      <td>
        {row.orderId === null ? (
          '–'
        ) : (
          <Link to={recordPage('Order', row.orderId)}>{row.orderNo}</Link>
        )}
      </td>
      <td>{row.age}</td>
      <td className="right">{row.amount}</td>
      <td>
        {row.waitsForPerson ? <Tag value="failed" label={t('page.supply.waitsForPerson')} /> : null}{' '}
        {row.cause}
      </td>
      <td>{t('page.supply.times', { count: row.askedTimes })}</td>
      <td>{row.nextAt ?? '–'}</td>
      <td className="right">
        <Link className="kg-button tiny" to={recordPage('Attempt', row.id)}>
          {t('page.supply.evidence')}
        </Link>
      </td>
    </tr>
  );
};

export default UndecidedPage;
