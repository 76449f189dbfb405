import { useTranslation } from 'adminjs';
import React, { useState } from 'react';
import type { Question } from './ask';
import { command } from './calls';
import { ClockBar, ClockLeft } from './complaint-clock';
import type { BreachView, ComplaintPageView, StepView } from './complaint-views';
import { Tag } from './tag';

const timeText = (ms: number): string =>
  new Date(ms + 8 * 3_600_000).toISOString().slice(5, 16).replace('T', ' ');

/** The promises of this complaint, each with what is used up of it. */
export const ComplaintClocks = ({ data, nowMs }: { data: ComplaintPageView; nowMs: number }) => {
  const { t } = useTranslation();
  return (
    <div className="kg-card" data-testid="clocks">
      <div className="kg-clocks">
        {data.clocks.map((clock) => (
          <div key={`${clock.cycleNo} ${clock.kind} ${clock.startedMs}`}>
            <div className="kg-row apart">
              <span>
                <strong>{t(`enum.clockKind.${clock.kind}`)}</strong>
                {clock.cycleNo > 1 ? (
                  <span className="muted small">
                    {' '}
                    {t('page.complaint.cycle', { no: clock.cycleNo })}
                  </span>
                ) : null}
                {clock.isHard ? (
                  <span className="muted small"> {t('field.SlaClock.isHard')}</span>
                ) : null}
              </span>
              <ClockLeft clock={clock} nowMs={nowMs} />
            </div>
            <ClockBar clock={clock} nowMs={nowMs} />
            <div className="muted small">
              {clock.stoppedMs === null
                ? t('page.complaint.dueAt', { time: timeText(clock.dueMs) })
                : t('page.complaint.stoppedAt', {
                    time: timeText(clock.stoppedMs),
                    due: timeText(clock.dueMs),
                  })}
            </div>
          </div>
        ))}
      </div>
      {data.pauses.length === 0 ? null : (
        <ul className="kg-pauses">
          {data.pauses.map((pause) => (
            <li key={pause.title + pause.from} className="small">
              <Tag value={pause.isOpen ? 'pending' : 'closed'} label={pause.title} /> {pause.from} →{' '}
              {pause.isOpen ? t('page.complaint.pauseUntil', { time: pause.to }) : pause.to}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
};

/** The steps of the ladder that were taken; each is acknowledged by a person. */
export const ComplaintSteps = (props: {
  data: ComplaintPageView;
  onDone: (notice: string) => void;
}) => {
  const { data, onDone } = props;
  const { t } = useTranslation();
  const [error, setError] = useState<string | null>(null);
  if (data.steps.length === 0) return null;
  const acknowledge = (step: StepView) => {
    command<{ notice: string }>(`escalations/${step.id}/acknowledge`, {}, t)
      .then(({ notice }) => onDone(notice))
      .catch((refused: Error) => setError(refused.message));
  };
  return (
    <div className="kg-card" data-testid="steps">
      <h2>{t('entity.SlaEscalation')}</h2>
      <p className="muted small">{t('page.complaint.stepsHint')}</p>
      {error ? <p className="kg-error">{error}</p> : null}
      <div className="scroll">
        <table>
          <tbody>
            {data.steps.map((step) => (
              <tr key={step.id}>
                <td>{step.title}</td>
                <td>{step.levels}</td>
                <td>{step.firedAt}</td>
                <td className="right">
                  {step.acknowledged ??
                    (step.isOpen && data.may.write ? (
                      <button
                        type="button"
                        className="kg-button tiny"
                        onClick={() => acknowledge(step)}
                        data-testid="acknowledge"
                      >
                        {t('action.acknowledgeStep')}
                      </button>
                    ) : (
                      <span className="muted">{t('page.complaint.notAcknowledged')}</span>
                    ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
};

const CAUSES = ['staffing', 'supplier', 'platform', 'system', 'misjudged', 'customer', 'other'];

type AskAbout = (question: Question) => void;

/** Broken promises: why, and whether somebody else agreed that they do not count. */
export const ComplaintBreaches = (props: { data: ComplaintPageView; onAsk: AskAbout }) => {
  const { data, onAsk } = props;
  const { t } = useTranslation();
  if (data.breaches.length === 0) return null;
  const mayAct = data.may.write || data.may.reopen;
  return (
    <div className="kg-card" data-testid="breaches">
      <h2>{t('entity.SlaBreach')}</h2>
      <div className="scroll">
        <table>
          <tbody>
            {data.breaches.map((breach) => (
              <tr key={breach.id}>
                <td>{breach.title}</td>
                <td>{t('page.complaint.breachedAt', { time: breach.breachedAt })}</td>
                <td>{breach.overshoot}</td>
                <td>
                  {breach.cause ?? <Tag value="failed" label={t('page.complaint.noCause')} />}{' '}
                  <span className="muted small">{breach.remark}</span>
                </td>
                <td>
                  <BreachTags breach={breach} />
                </td>
                <td className="right">
                  {mayAct && !breach.isAnnulled ? (
                    <BreachActs breach={breach} onAsk={onAsk} />
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
};

const BreachActs = ({ breach, onAsk }: { breach: BreachView; onAsk: AskAbout }) => {
  const { t } = useTranslation();
  const reason = { name: 'reason', label: t('page.common.reason') };
  const cause = () =>
    onAsk({
      path: `breaches/${breach.id}/cause`,
      title: t('action.nameCause'),
      hint: t('page.complaint.causeHint'),
      fields: [
        {
          name: 'cause',
          label: t('field.SlaBreach.cause'),
          options: CAUSES.map((value) => ({ value, text: t(`enum.breachCause.${value}`) })),
        },
        reason,
      ],
    });
  const excuse = () =>
    onAsk({
      path: `breaches/${breach.id}/excuse`,
      title: t('action.excuseBreach'),
      hint: t('page.complaint.excuseHint'),
      fields: [reason],
      hasFormKey: true,
    });
  return (
    <>
      <button type="button" className="kg-button tiny" onClick={cause}>
        {t('action.nameCause')}
      </button>{' '}
      {breach.isExcused || breach.isExcuseAsked ? null : (
        <button type="button" className="kg-button tiny" onClick={excuse}>
          {t('action.excuseBreach')}
        </button>
      )}
    </>
  );
};

const BreachTags = ({ breach }: { breach: BreachView }) => {
  const { t } = useTranslation();
  return (
    <>
      {breach.isExcused ? <Tag value="approved" label={t('field.SlaBreach.isExcused')} /> : null}
      {breach.isExcuseAsked ? <Tag value="asked" label={t('page.complaint.excuseAsked')} /> : null}
      {breach.isAnnulled ? <Tag value="closed" label={t('page.complaint.annulled')} /> : null}
    </>
  );
};
