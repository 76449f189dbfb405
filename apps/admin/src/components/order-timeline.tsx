import { useTranslation } from 'adminjs';
import React from 'react';
import type { TimelineLine } from './views';

/** The order's story, the oldest line first. */
export const OrderTimeline = ({ lines }: { lines: readonly TimelineLine[] }) => {
  const { t } = useTranslation();
  return (
    <div className="kg-card" data-testid="timeline">
      <h2>{t('page.order.timeline')}</h2>
      <ol className="kg-timeline">
        {lines.map((line, index) => (
          <li key={index} className={line.tone}>
            <strong>{line.title}</strong>
            {line.detail ? <span> {line.detail}</span> : null}
            <div className="muted small">
              {line.at} · {line.who}
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
};
