import { useTranslation } from 'adminjs';
import React from 'react';
import type { Question } from './ask';
import type { ComplaintPageView } from './complaint-views';

/** What we have complained about at the supplier that brought it; waiting for it pauses nothing. */
export const ComplaintUpstream = (props: {
  data: ComplaintPageView;
  onAsk: (question: Question) => void;
}) => {
  const { data, onAsk } = props;
  const { t } = useTranslation();
  if (!data.may.upstream && data.upstream.length === 0) return null;
  const file = () =>
    onAsk({
      path: `complaints/${data.id}/upstream`,
      title: t('action.fileUpstream'),
      hint: t('page.sla.fileHint'),
      fields: [
        { name: 'text', label: t('field.UpstreamComplaint.text'), isLong: true },
        {
          name: 'supplierRef',
          label: t('field.UpstreamComplaint.supplierRef'),
          isOptional: true,
        },
      ],
    });
  const answer = (id: string) =>
    onAsk({
      path: `upstream-complaints/${id}/answer`,
      title: t('action.answerUpstream'),
      fields: [{ name: 'text', label: t('field.UpstreamComplaint.answer'), isLong: true }],
    });
  return (
    <div className="kg-card" data-testid="upstream">
      <div className="kg-row apart">
        <h2>{t('entity.UpstreamComplaint')}</h2>
        {data.may.upstream ? (
          <button type="button" className="kg-button" onClick={file} data-testid="file-upstream">
            {t('action.fileUpstream')}
          </button>
        ) : null}
      </div>
      {data.upstream.map((one) => (
        <div key={one.id} style={{ marginBottom: 12 }}>
          <strong>{one.title}</strong> <span className="muted small">{one.at}</span>
          <div className="kg-said staff">{one.text}</div>
          {one.answer ? <div className="kg-said customer">{one.answer}</div> : null}
          {one.isOpen && data.may.write ? (
            <button type="button" className="kg-button tiny" onClick={() => answer(one.id)}>
              {t('action.answerUpstream')}
            </button>
          ) : null}
        </div>
      ))}
    </div>
  );
};
