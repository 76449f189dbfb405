import { useTranslation } from 'adminjs';
import React, { useState } from 'react';
import { Link } from 'react-router-dom';
import type { LicenceBar, LicenceYearView } from './licence-views';
import { recordPage } from './places';
import { Tag } from './tag';
import { useData } from './use-data';
import { Waiting } from './waiting';

const percent = (share: number): string => `${(share * 100).toFixed(2)}%`;

/** A year of licences, one line each, with the two days that matter. */
const LicenceYearPage = () => {
  const { t } = useTranslation();
  const [year, setYear] = useState(new Date().getFullYear());
  const { data, error, load } = useData<LicenceYearView>(`licence-year/${year}`);
  return (
    <div className="kg inner" data-testid="licence-year">
      <div className="kg-row apart">
        <div>
          <h1>{t('page.licence.yearTitle')}</h1>
          <p className="muted">{t('page.licence.yearLead')}</p>
        </div>
        <div className="kg-row">
          <button type="button" className="kg-button" onClick={() => setYear(year - 1)}>
            ‹ {year - 1}
          </button>
          <strong>{year}</strong>
          <button type="button" className="kg-button" onClick={() => setYear(year + 1)}>
            {year + 1} ›
          </button>
        </div>
      </div>
      {data ? <Year view={data} /> : <Waiting error={error} onRetry={() => void load()} />}
    </div>
  );
};

const Year = ({ view }: { view: LicenceYearView }) => {
  const { t } = useTranslation();
  if (view.bars.length === 0) return <p className="kg-card">{t('page.licence.noneInYear')}</p>;
  return (
    <div className="kg-card kg-year">
      <div className="line head">
        <span />
        <div className="track months">
          {Array.from({ length: 12 }, (_, month) => (
            <span key={month}>{month + 1}</span>
          ))}
        </div>
      </div>
      {view.bars.map((bar) => (
        <Line key={bar.id} bar={bar} today={view.today} />
      ))}
      <div className="kg-row small muted">
        <span className="mark valid" /> {t('page.licence.barFrom')}
        <span className="mark apply" /> {t('page.licence.dayApply')}
        <span className="mark expire" /> {t('page.licence.dayExpire')}
        <span className="mark now" /> {t('page.licence.today')}
      </div>
    </div>
  );
};

const Line = ({ bar, today }: { bar: LicenceBar; today: number | null }) => {
  const { t } = useTranslation();
  return (
    <div className="line">
      <span className="what">
        <Link to={recordPage('Licence', bar.id)}>{bar.name}</Link>{' '}
        <Tag value={bar.status} label={bar.statusText} />
        <small className="muted">{bar.holder}</small>
      </span>
      <div className="track">
        <i
          className={`valid ${bar.status === 'expired' ? 'over' : ''}`}
          style={{ left: percent(bar.from), width: percent(Math.max(0.004, bar.to - bar.from)) }}
        />
        {bar.applyBy ? (
          <i
            className="apply"
            style={{ left: percent(bar.applyBy.at) }}
            title={`${t('page.licence.dayApply')} ${bar.applyBy.date}`}
          />
        ) : null}
        {bar.expires ? (
          <i
            className="expire"
            style={{ left: percent(bar.expires.at) }}
            title={`${t('page.licence.dayExpire')} ${bar.expires.date}`}
          />
        ) : null}
        {today === null ? null : <i className="now" style={{ left: percent(today) }} />}
      </div>
    </div>
  );
};

export default LicenceYearPage;
