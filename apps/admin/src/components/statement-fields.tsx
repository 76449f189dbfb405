import { useTranslation } from 'adminjs';
import React from 'react';
import type { StatementPreview } from './statement-views';

export interface Party {
  readonly code: string;
  readonly name: string;
}

export const PartyChoice = (props: {
  parties: readonly Party[];
  party: string;
  onParty: (code: string) => void;
}) => {
  const { t } = useTranslation();
  return (
    <div style={{ flex: '1 1 220px' }}>
      <label htmlFor="statement-party">{t('page.reconciliation.party')}</label>
      <select
        id="statement-party"
        value={props.party}
        style={{ width: '100%' }}
        onChange={(event) => props.onParty(event.target.value)}
      >
        <option value="">{t('page.reconciliation.chooseParty')}</option>
        {props.parties.map(({ code, name }) => (
          <option key={code} value={code}>
            {code === 'bank' ? t('enum.partyKind.bank') : `${name}（${code}）`}
          </option>
        ))}
      </select>
    </div>
  );
};

interface Days {
  readonly from: string;
  readonly to: string;
}

export const Period = (props: {
  period: Days;
  stated: StatementPreview['period'];
  onPeriod: (period: Days) => void;
}) => {
  const { t } = useTranslation();
  const { period, stated, onPeriod } = props;
  return (
    <>
      {(['from', 'to'] as const).map((name) => (
        <div key={name}>
          <label htmlFor={`statement-${name}`}>{t(`page.reconciliation.${name}`)}</label>
          <input
            id={`statement-${name}`}
            type="date"
            value={period[name] || (stated?.[name] ?? '')}
            onChange={(event) => onPeriod({ ...period, [name]: event.target.value })}
          />
        </div>
      ))}
    </>
  );
};

export const StatementFile = (props: {
  file: File | null;
  onFile: (file: File | null) => void;
}) => {
  const { t } = useTranslation();
  const { file, onFile } = props;
  return (
    <label className="kg-drop" style={{ marginTop: 18 }}>
      <input
        type="file"
        accept=".csv,.txt,.xlsx"
        className="kg-unseen"
        data-testid="statement-file"
        onChange={(event) => onFile(event.target.files?.[0] ?? null)}
      />
      {file ? (
        <strong>
          {file.name}（{(file.size / 1024).toFixed(1)} KB）
        </strong>
      ) : (
        <span className="muted">{t('page.reconciliation.drop')}</span>
      )}
    </label>
  );
};
