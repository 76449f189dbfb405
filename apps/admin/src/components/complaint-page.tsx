import { useTranslation } from 'adminjs';
import React, { useEffect, useState } from 'react';
import { Link } from 'react-router-dom';
import { type Answer, Ask, type Question } from './ask';
import { useServerNow } from './complaint-clock';
import { ComplaintHead } from './complaint-head';
import { ComplaintRemedy } from './complaint-remedy';
import { ComplaintBreaches, ComplaintClocks, ComplaintSteps } from './complaint-sla';
import { ComplaintTrails } from './complaint-trail';
import { ComplaintUpstream } from './complaint-upstream';
import type { ComplaintPageView } from './complaint-views';
import type { HistoryView } from './find-views';
import { Revealed, type RevealedCard } from './order-head';
import { COMPLAINT_WORK } from './places';
import { RecordHistory } from './record-history';
import { RelatedSections } from './related-sections';
import type { RecordJson } from './types';
import { useData } from './use-data';
import { Waiting } from './waiting';

const REFRESH_MS = 20_000;

/** All about one complaint: its clocks, what was said, what can be done, and the evidence. */
const ComplaintPage = ({ record }: { record: RecordJson }) => {
  const { t } = useTranslation();
  const { data, error, load } = useData<ComplaintPageView>(`complaints/${record.id}`);
  const history = useData<HistoryView>(`history/Complaint/${record.id}`);
  const [question, setQuestion] = useState<Question | null>(null);
  const [message, setMessage] = useState<string | null>(null);
  const [card, setCard] = useState<RevealedCard | null>(null);
  const nowMs = useServerNow(data?.nowMs);
  useEffect(() => {
    const timer = window.setInterval(() => void load(), REFRESH_MS);
    return () => window.clearInterval(timer);
  }, [load]);
  if (!data) return <Waiting error={error} onRetry={() => void load()} />;
  const reload = () => {
    void load();
    void history.load();
  };
  const ask = (next: Question) => {
    setMessage(null);
    setCard(null);
    setQuestion(next);
  };
  const told = (notice: string) => {
    setMessage(t(`notice.${notice}`));
    reload();
  };
  const done = (asked: Question) => (answer: Answer) => {
    setQuestion(null);
    if (asked.path.endsWith('/reveal'))
      setCard({ ...asked.body, ...answer } as unknown as RevealedCard);
    else told(String(answer['notice'] ?? 'done'));
  };
  return (
    <div className="kg inner" data-testid="complaint-page">
      <Link className="kg-back" to={COMPLAINT_WORK}>
        ‹ {t('action.work')}
      </Link>
      <ComplaintHead data={data} onAsk={ask} onRefresh={reload} onDone={told} />
      {message ? (
        <p className="kg-ok" role="status">
          {message}
        </p>
      ) : null}
      {error ? <p className="kg-error">{error}</p> : null}
      {question ? (
        <Ask
          key={`${question.path}${question.title}`}
          question={question}
          onDone={done(question)}
          onClose={() => setQuestion(null)}
        />
      ) : null}
      {card ? <Revealed card={card} onClose={() => setCard(null)} /> : null}
      <ComplaintClocks data={data} nowMs={nowMs} />
      <ComplaintFacts data={data} />
      <ComplaintTrails data={data} onDone={told} />
      {data.remedy ? <ComplaintRemedy data={data} remedy={data.remedy} onAsk={ask} /> : null}
      <ComplaintUpstream data={data} onAsk={ask} />
      <ComplaintSteps data={data} onDone={told} />
      <ComplaintBreaches data={data} onAsk={ask} />
      <div className="kg-row apart" style={{ margin: '24px 0 12px' }}>
        <h2 style={{ margin: 0 }}>{t('page.complaint.evidence')}</h2>
        {data.may.reveal ? <RevealButtons data={data} onAsk={ask} /> : null}
      </div>
      <RelatedSections sections={data.evidence} />
      {history.data ? <RecordHistory history={history.data} /> : null}
    </div>
  );
};

const ComplaintFacts = ({ data }: { data: ComplaintPageView }) => (
  <div className="kg-card" data-testid="facts">
    <dl>
      {data.facts.map(({ label, value, to }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{to ? <Link to={to}>{value}</Link> : value}</dd>
        </div>
      ))}
    </dl>
  </div>
);

const SHOWN_MAX = 8;

/** A code is never in the evidence; who must see it asks for one card and is written down. */
const RevealButtons = (props: { data: ComplaintPageView; onAsk: (question: Question) => void }) => {
  const { t } = useTranslation();
  const { order } = props.data;
  if (!order) return null;
  return (
    <div className="kg-row">
      {order.unitNos.slice(0, SHOWN_MAX).map((unitNo) => (
        <button
          key={unitNo}
          type="button"
          className="kg-button tiny"
          onClick={() =>
            props.onAsk({
              path: `orders/${order.id}/reveal`,
              title: `${t('action.revealCard')} · ${t('page.order.unitNo', { no: unitNo })}`,
              hint: t('page.order.revealHint'),
              body: { unitNo },
              fields: [{ name: 'reason', label: t('page.common.reason') }],
            })
          }
        >
          {t('action.revealCard')} · {t('page.order.unitNo', { no: unitNo })}
        </button>
      ))}
    </div>
  );
};

export default ComplaintPage;
