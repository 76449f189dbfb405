import { useTranslation } from 'adminjs';
import React from 'react';
import { RelatedSections } from './related-sections';
import { useData } from './use-data';
import type { RelatedSection } from './views';
import { Waiting } from './waiting';

/** All routes at a glance: who delivers, how well, how fast, and whose breaker is open. */
const SupplyBoardPage = () => {
  const { t } = useTranslation();
  const { data, error, load } = useData<{ sections: readonly RelatedSection[] }>('supply/board');
  if (!data) return <Waiting error={error} onRetry={() => void load()} />;
  return (
    <div className="kg inner" data-testid="supply-board">
      <div className="kg-row apart">
        <div>
          <h1>{t('page.supply.boardTitle')}</h1>
          <p className="muted">{t('page.supply.boardLead')}</p>
        </div>
        <button type="button" className="kg-button" onClick={() => void load()}>
          {t('action.refresh')}
        </button>
      </div>
      <RelatedSections sections={data.sections} />
    </div>
  );
};

export default SupplyBoardPage;
