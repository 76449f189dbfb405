import { useTranslation } from 'adminjs';
import React, { useState } from 'react';
import { Link } from 'react-router-dom';
import { Ask, type Question } from './ask';
import { OrderCallbacks, OrderMoney, OrderUnits } from './order-parts';
import { OrderTimeline } from './order-timeline';
import { Tag } from './tag';
import { useData } from './use-data';
import { Waiting } from './waiting';

const IMPORT = '/admin/resources/CardImport/actions/import';

/** All about one order: what it is, why it waits, what can be done, and its whole story. */
const OrderPage = ({ record }: any) => {
  const { t } = useTranslation();
  const { data, error, load } = useData(`orders/${record.id}`);
  const [question, setQuestion] = useState<Question | null>(null);
  const [message, setMessage] = useState<string | null>(null);
  const [secret, setSecret] = useState<{
    unitNo: number;
    cardNo: string;
    cardPassword: string;
  } | null>(null);
  const [revealing, setRevealing] = useState<number | null>(null);
  if (!data) return <Waiting error={error} onRetry={() => void load()} />;
  const { order, may, why } = data;

  const ask = (next: Question) => {
    setMessage(null);
    setSecret(null);
    setQuestion(next);
  };
  const askReveal = (unitNo: number) => {
    setRevealing(unitNo);
    ask({
      path: `orders/${order.id}/reveal`,
      title: `${t('action.revealCard')} · ${t('page.order.unitNo', { no: unitNo })}`,
      hint: t('page.order.revealHint'),
      body: { unitNo },
      fields: [{ name: 'reason', label: t('page.common.reason') }],
    });
  };
  const done = (answer: any) => {
    if (question?.path.endsWith('/reveal')) setSecret({ unitNo: revealing ?? 0, ...answer });
    else if (question?.path.endsWith('/cancel')) setMessage(t('notice.orderCancelled'));
    else if (question?.path.endsWith('/replay')) setMessage(t('notice.callbackReplayed'));
    else setMessage(t(answer.isWaiting ? 'notice.retryAsked' : 'notice.orderNotWaiting'));
    setQuestion(null);
    void load();
  };
  return (
    <div className="kg inner" data-testid="order-page">
      <Link className="kg-back" to="/admin/resources/Order">
        ‹ {t('entity.Order')}
      </Link>
      <div className="kg-row apart" style={{ marginBottom: 16 }}>
        <div className="kg-row">
          <h1 style={{ margin: 0 }} className="mono">
            {order.orderNo}
          </h1>
          <Tag value={order.status} label={t(`enum.orderStatus.${order.status}`)} />
        </div>
        <div className="kg-row">
          {may.retry ? (
            <button
              type="button"
              className="kg-button"
              onClick={() =>
                ask({
                  path: `orders/${order.id}/retry`,
                  title: t('action.retryOrder'),
                  hint: t('page.order.retryHint'),
                })
              }
            >
              {t('action.retryOrder')}
            </button>
          ) : null}
          {may.cancel ? (
            <button
              type="button"
              className="kg-button danger"
              onClick={() =>
                ask({
                  path: `orders/${order.id}/cancel`,
                  title: t('action.cancelOrder'),
                  hint: t('page.order.cancelHint'),
                  fields: [{ name: 'reason', label: t('page.common.reason') }],
                  danger: true,
                })
              }
            >
              {t('action.cancelOrder')}
            </button>
          ) : null}
          <button type="button" className="kg-button" onClick={() => void load()}>
            {t('action.refresh')}
          </button>
          <a className="kg-button" href={data.runUrl} target="_blank" rel="noreferrer">
            {t('action.openRun')}
          </a>
        </div>
      </div>
      {message ? (
        <p className="kg-ok" role="status">
          {message}
        </p>
      ) : null}
      {error ? <p className="kg-error">{error}</p> : null}
      {question ? (
        <Ask
          key={question.path + revealing}
          question={question}
          onDone={done}
          onClose={() => setQuestion(null)}
        />
      ) : null}
      {secret ? <Revealed secret={secret} onClose={() => setSecret(null)} /> : null}
      {why ? (
        <div className="kg-card warn" data-testid="why">
          <h2>{t('page.order.why')}</h2>
          {why.lines.map((line: string) => (
            <p key={line}>{line}</p>
          ))}
          {why.missing > 0 && may.import ? (
            <Link
              className="kg-button main"
              style={{ marginTop: 12 }}
              to={`${IMPORT}?product=${encodeURIComponent(order.productCode)}`}
            >
              {t('page.order.importNow', { product: order.productCode })}
            </Link>
          ) : null}
        </div>
      ) : null}
      <div className="kg-two">
        <div>
          <Facts order={order} />
          <OrderUnits data={data} onReveal={may.reveal ? askReveal : null} />
          <OrderCallbacks
            data={data}
            onReplay={
              may.replay
                ? (id: string) =>
                    ask({
                      path: `callbacks/${id}/replay`,
                      title: t('action.replayCallback'),
                      hint: t('page.order.replayHint'),
                    })
                : null
            }
          />
          <OrderMoney entries={data.entries} />
        </div>
        <OrderTimeline lines={data.timeline} />
      </div>
    </div>
  );
};

const Revealed = ({ secret, onClose }: any) => {
  const { t } = useTranslation();
  return (
    <div className="kg-panel secret" data-testid="revealed">
      <h2>
        {t('page.order.revealed')} · {t('page.order.unitNo', { no: secret.unitNo })}
      </h2>
      <dl>
        <div>
          <dt>{t('page.order.card')}</dt>
          <dd className="mono" data-testid="revealed-number">
            {secret.cardNo}
          </dd>
        </div>
        <div>
          <dt>{t('page.order.password')}</dt>
          <dd className="mono">{secret.cardPassword || '—'}</dd>
        </div>
      </dl>
      <p className="muted small">{t('notice.cardOnce')}</p>
      <button type="button" className="kg-button tiny" onClick={onClose}>
        {t('action.close')}
      </button>
    </div>
  );
};

const Facts = ({ order }: any) => {
  const { t } = useTranslation();
  const fact = (name: string, value: React.ReactNode) =>
    value === null || value === '' ? null : (
      <div key={name}>
        <dt>{t(`field.Order.${name}`)}</dt>
        <dd>{value}</dd>
      </div>
    );
  const account = order.account ? Object.entries(order.account) : [];
  return (
    <div className="kg-card">
      <h2>{t('page.order.facts')}</h2>
      <dl>
        {fact('merchantOrderNo', <span className="mono">{order.merchantOrderNo}</span>)}
        {fact(
          'platformId',
          <Link to={`/admin/resources/Platform/records/${order.platformId}/show`}>
            {order.platformName}
          </Link>,
        )}
        {fact(
          'productId',
          <Link to={`/admin/resources/Product/records/${order.productId}/show`}>
            {order.productName}（{order.productCode}）
          </Link>,
        )}
        {fact('quantity', order.quantity)}
        {fact('deliveredQuantity', `${order.deliveredQuantity} / ${order.quantity}`)}
        {fact('unitPriceHao', order.unitPrice)}
        {fact('amountHao', <strong>{order.amount}</strong>)}
        {fact('refundedHao', order.refunded)}
        {fact('customerNo', order.customerNo)}
        {fact('failCode', order.failCode && t(`enum.orderFailCode.${order.failCode}`))}
        {account.length > 0
          ? fact('account', account.map(([name, value]) => `${name}: ${String(value)}`).join('；'))
          : null}
        {fact('saleChannel', order.saleChannel)}
        {fact('createdAt', order.createdAt)}
        {fact('updatedAt', order.updatedAt)}
        {fact('deadlineAt', order.deadlineAt)}
        {fact('version', order.version)}
        {fact('remark', order.remark)}
      </dl>
    </div>
  );
};

export default OrderPage;
