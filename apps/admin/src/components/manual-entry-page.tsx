import { useTranslation } from 'adminjs';
import React, { useState } from 'react';
import type { Answer } from './ask';
import { command, formKey } from './calls';
import type { AccountChoice } from './ledger-views';
import { useData } from './use-data';
import { VerbAnswer } from './verbs';
import type { Verb } from './views';
import { Waiting } from './waiting';

interface Line {
  readonly accountId: string;
  readonly debit: string;
  readonly credit: string;
}

const EMPTY: Line = { accountId: '', debit: '', credit: '' };
const LINES_MAX = 20;
const VERB: Verb = {
  name: 'manualEntry',
  path: 'ledger/entries/manual',
  kind: 'post',
  tone: 'main',
};
/** Amounts are compared in hao, so that no fraction is lost. */
const haoOf = (typed: string): number =>
  typed.trim() === '' ? 0 : Math.round(Number(typed.replaceAll(',', '')) * 10_000);
const differenceHao = (lines: readonly Line[]): number =>
  lines.reduce((sum, line) => sum + haoOf(line.debit) - haoOf(line.credit), 0);

/** An entry that no record stands for: it waits for a second person. */
const ManualEntryPage = () => {
  const { t } = useTranslation();
  const { data, error, load } = useData<{ accounts: readonly AccountChoice[] }>('ledger/accounts');
  const [answer, setAnswer] = useState<Answer | null>(null);
  if (!data) return <Waiting error={error} onRetry={() => void load()} />;
  return (
    <div className="kg" data-testid="manual-entry">
      <h1>{t('page.ledger.manualTitle')}</h1>
      <p className="muted" style={{ marginBottom: 16 }}>
        {t('page.ledger.manualLead')}
      </p>
      {answer ? <VerbAnswer verb={VERB} answer={answer} /> : null}
      <EntryForm
        key={String(answer?.['approvalId'] ?? '')}
        accounts={data.accounts}
        onDone={setAnswer}
      />
    </div>
  );
};

const EntryForm = (props: {
  accounts: readonly AccountChoice[];
  onDone: (answer: Answer) => void;
}) => {
  const { t } = useTranslation();
  const [lines, setLines] = useState<readonly Line[]>([EMPTY, EMPTY]);
  const [reason, setReason] = useState('');
  const [effectiveOn, setEffectiveOn] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const [key] = useState(formKey);
  const difference = differenceHao(lines);
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    command<Answer>(VERB.path, { lines, effectiveOn, reason, formKey: key }, t)
      .then(props.onDone)
      .catch((refused: Error) => setFault(refused.message));
  };
  return (
    <form className="kg-card" onSubmit={submit}>
      <EntryLines lines={lines} accounts={props.accounts} onChange={setLines} />
      <Text id="entry-reason" label={t('page.common.reason')} value={reason} onChange={setReason} />
      <Text
        id="entry-effective"
        label={t('page.ledger.effectiveOn')}
        value={effectiveOn}
        isOptional
        onChange={setEffectiveOn}
      />
      {fault ? (
        <p className="kg-error" role="alert">
          {fault}
        </p>
      ) : null}
      <button type="submit" className="kg-button main" disabled={difference !== 0}>
        {t('action.askApproval')}
      </button>
    </form>
  );
};

const EntryLines = (props: {
  lines: readonly Line[];
  accounts: readonly AccountChoice[];
  onChange: (lines: readonly Line[]) => void;
}) => {
  const { lines, accounts, onChange } = props;
  const { t } = useTranslation();
  const difference = differenceHao(lines);
  const change = (index: number, part: Partial<Line>) =>
    onChange(lines.map((line, at) => (at === index ? { ...line, ...part } : line)));
  return (
    <>
      <table>
        <thead>
          <tr>
            <th>{t('page.ledger.account')}</th>
            <th>{t('page.ledger.debit')}</th>
            <th>{t('page.ledger.credit')}</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            <EntryLine
              key={index}
              line={line}
              no={index + 1}
              accounts={accounts}
              onChange={(part) => change(index, part)}
              onRemove={
                lines.length > 2 ? () => onChange(lines.filter((_, at) => at !== index)) : undefined
              }
            />
          ))}
        </tbody>
      </table>
      <div className="kg-row apart" style={{ margin: '12px 0' }}>
        <button
          type="button"
          className="kg-button tiny"
          disabled={lines.length >= LINES_MAX}
          onClick={() => onChange([...lines, EMPTY])}
        >
          {t('page.ledger.addLine')}
        </button>
        <span className={difference === 0 ? 'muted' : 'kg-error'} role="status">
          {difference === 0
            ? t('page.ledger.balanced')
            : t('page.ledger.difference', { amount: (Math.abs(difference) / 10_000).toFixed(4) })}
        </span>
      </div>
    </>
  );
};

const EntryLine = (props: {
  line: Line;
  no: number;
  accounts: readonly AccountChoice[];
  onChange: (part: Partial<Line>) => void;
  onRemove: (() => void) | undefined;
}) => {
  const { line, no, accounts, onChange, onRemove } = props;
  const { t } = useTranslation();
  const amount = (side: 'debit' | 'credit') => (
    <td>
      <input
        aria-label={`${t(`page.ledger.${side}`)} ${no}`}
        type="text"
        inputMode="decimal"
        value={line[side]}
        onChange={(event) => onChange({ [side]: event.target.value })}
        style={{ width: 140, textAlign: 'right' }}
      />
    </td>
  );
  return (
    <tr>
      <td>
        <select
          aria-label={`${t('page.ledger.account')} ${no}`}
          required
          value={line.accountId}
          onChange={(event) => onChange({ accountId: event.target.value })}
        >
          <option value="">{t('page.common.choose')}</option>
          {accounts.map(({ id, code, kind }) => (
            <option key={id} value={id}>
              {t(`enum.accountKind.${kind}`)}
              {code === kind ? '' : ` · ${code}`}
            </option>
          ))}
        </select>
      </td>
      {amount('debit')}
      {amount('credit')}
      <td>
        {onRemove ? (
          <button type="button" className="kg-button tiny" onClick={onRemove}>
            {t('page.ledger.removeLine')}
          </button>
        ) : null}
      </td>
    </tr>
  );
};

const Text = (props: {
  id: string;
  label: string;
  value: string;
  isOptional?: boolean;
  onChange: (value: string) => void;
}) => (
  <div style={{ margin: '12px 0' }}>
    <label htmlFor={props.id}>{props.label}</label>
    <input
      id={props.id}
      type="text"
      autoComplete="off"
      required={props.isOptional !== true}
      value={props.value}
      onChange={(event) => props.onChange(event.target.value)}
      style={{ width: '100%', maxWidth: 520 }}
    />
  </div>
);

export default ManualEntryPage;
