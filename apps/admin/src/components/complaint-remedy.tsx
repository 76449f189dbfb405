import { useTranslation } from 'adminjs';
import React from 'react';
import type { Question } from './ask';
import type { ComplaintPageView, RemedyView } from './complaint-views';

const REMEDIES = ['replace', 'refund', 'credit'] as const;

/** What the rules would give and the buttons that give it: each asks for a reason and nothing else. */
export const ComplaintRemedy = (props: {
  data: ComplaintPageView;
  remedy: RemedyView;
  onAsk: (question: Question) => void;
}) => {
  const { data, remedy, onAsk } = props;
  const { t } = useTranslation();
  const { cause, units } = remedy;
  const reason = { name: 'reason', label: t('page.common.reason') };
  const path = `complaints/${data.id}/remedy`;
  const byRule = () =>
    onAsk({
      path,
      title: t('action.giveProposed'),
      hint: t('page.compensation.giveProposedHint'),
      body: { cause, units },
      fields: [reason],
    });
  const other = (kind: (typeof REMEDIES)[number]) =>
    onAsk({
      path,
      title: t(`enum.compensationRemedy.${kind}`),
      hint: t('page.compensation.giveOtherHint'),
      body: { cause, units, remedy: kind },
      fields: [
        ...(kind === 'replace'
          ? []
          : [{ name: 'amount', label: t('page.compensation.amount'), isOptional: true as const }]),
        reason,
      ],
    });
  return (
    <div className="kg-card" data-testid="remedy">
      <h2>{t('page.complaint.remedy')}</h2>
      {remedy.hint ? <p className="muted">{remedy.hint}</p> : null}
      {remedy.lines.map((line) => (
        <p key={line.unit}>
          <strong>{line.unit}</strong> · {t(`enum.compensationCause.${cause}`)} →{' '}
          <strong>{line.gift}</strong> <span className="muted">{line.why}</span>
        </p>
      ))}
      {data.may.remedy ? (
        <div className="kg-row">
          {remedy.isOffered ? (
            <button
              type="button"
              className="kg-button main"
              onClick={byRule}
              data-testid="remedy-rule"
            >
              {t('action.giveProposed')}
            </button>
          ) : null}
          {REMEDIES.map((kind) => (
            <button
              key={kind}
              type="button"
              className="kg-button"
              onClick={() => other(kind)}
              data-testid={`remedy-${kind}`}
            >
              {t(`enum.compensationRemedy.${kind}`)}
            </button>
          ))}
        </div>
      ) : null}
    </div>
  );
};
