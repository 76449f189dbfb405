import { useTranslation } from 'adminjs';
import React, { useState } from 'react';
import { Link } from 'react-router-dom';
import { type Answer, Ask, type Question } from './ask';
import { OrderFacts } from './order-facts';
import { OrderHead, OrderWhy, Revealed, type RevealedCard } from './order-head';
import { OrderCallbacks, OrderMoney, OrderUnits } from './order-parts';
import { OrderTimeline } from './order-timeline';
import { RelatedSections } from './related-sections';
import { ORDERS } from './places';
import type { RecordJson } from './types';
import type { OrderPageView, RelatedSection } from './views';
import { useData } from './use-data';
import { Waiting } from './waiting';

/** All about one order: what it is, why it waits, what can be done, and its whole story. */
const OrderPage = ({ record }: { record: RecordJson }) => {
  const { data, error, load } = useData<OrderPageView>(`orders/${record.id}`);
  if (!data) return <Waiting error={error} onRetry={() => void load()} />;
  return <LoadedOrder data={data} error={error} load={load} />;
};

const LoadedOrder = (props: {
  data: OrderPageView;
  error: string | null;
  load: () => Promise<void>;
}) => {
  const { data, error, load } = props;
  const { t } = useTranslation();
  const related = useData<{ sections: readonly RelatedSection[] }>(
    `related/Order/${data.order.id}`,
  );
  const [question, setQuestion] = useState<Question | null>(null);
  const [message, setMessage] = useState<string | null>(null);
  const [card, setCard] = useState<RevealedCard | null>(null);
  const ask = (next: Question) => {
    setMessage(null);
    setCard(null);
    setQuestion(next);
  };
  const done = (asked: Question) => (answer: Answer) => {
    if (asked.path.endsWith('/reveal'))
      setCard({ ...asked.body, ...answer } as unknown as RevealedCard);
    else setMessage(t(`notice.${noticeOf(asked.path, answer)}`));
    setQuestion(null);
    void load();
    void related.load();
  };
  const { may, order } = data;
  return (
    <div className="kg inner" data-testid="order-page">
      <Link className="kg-back" to={ORDERS}>
        ‹ {t('entity.Order')}
      </Link>
      <OrderHead data={data} onAsk={ask} onRefresh={() => void load()} />
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
      <OrderWhy data={data} />
      <div className="kg-two">
        <div>
          <OrderFacts order={order} />
          <OrderUnits data={data} onAsk={may.reveal ? ask : null} />
          {related.data ? <RelatedSections sections={related.data.sections} /> : null}
          <OrderCallbacks data={data} onAsk={may.replay ? ask : null} />
          <OrderMoney entries={data.entries} />
        </div>
        <OrderTimeline lines={data.timeline} />
      </div>
    </div>
  );
};

function noticeOf(path: string, answer: Answer): string {
  if (path.endsWith('/cancel')) return 'orderCancelled';
  if (path.endsWith('/replay')) return 'callbackReplayed';
  return answer['isWaiting'] ? 'retryAsked' : 'orderNotWaiting';
}

export default OrderPage;
