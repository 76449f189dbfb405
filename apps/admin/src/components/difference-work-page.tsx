import { useTranslation } from 'adminjs';
import React from 'react';
import { RelatedSections } from './related-sections';
import { useData } from './use-data';
import type { RelatedSection } from './views';
import { Waiting } from './waiting';

/** The work of finance on what their books and ours do not agree on. */
const DifferenceWorkPage = () => {
  const { t } = useTranslation();
  const { data, error, load } = useData<{ sections: readonly RelatedSection[] }>('difference-work');
  if (!data) return <Waiting error={error} onRetry={() => void load()} />;
  return (
    <div className="kg inner" data-testid="difference-work">
      <div className="kg-row apart">
        <h1>{t('page.reconciliation.work')}</h1>
        <button type="button" className="kg-button" onClick={() => void load()}>
          {t('action.refresh')}
        </button>
      </div>
      <RelatedSections sections={data.sections} />
    </div>
  );
};

export default DifferenceWorkPage;
