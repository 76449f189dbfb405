import { useTranslation } from 'adminjs';
import React from 'react';

/** While nothing is there yet, and when it cannot be had. */
export const Waiting = ({ error, onRetry }: { error: string | null; onRetry: () => void }) => {
  const { t } = useTranslation();
  return (
    <div className="kg">
      {error === null ? (
        <p className="muted">{t('page.common.loading')}</p>
      ) : (
        <div className="kg-card">
          <p className="kg-error">{error}</p>
          <button type="button" className="kg-button" onClick={onRetry}>
            {t('action.retry')}
          </button>
        </div>
      )}
    </div>
  );
};
