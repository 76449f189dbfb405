import { useTranslation } from 'adminjs';
import React from 'react';
import { Link } from 'react-router-dom';
import type { Question } from './ask';
import { COMPLAINT_INTAKE, importPage, sectionsPage } from './places';
import { Tag } from './tag';
import type { OrderPageView } from './views';

interface HeadProps {
  readonly data: OrderPageView;
  readonly onAsk: (question: Question) => void;
  readonly onRefresh: () => void;
}

export const OrderHead = ({ data, onAsk, onRefresh }: HeadProps) => {
  const { t } = useTranslation();
  const { order, may, runUrl } = data;
  const retry = () =>
    onAsk({
      path: `orders/${order.id}/retry`,
      title: t('action.retryOrder'),
      hint: t('page.order.retryHint'),
    });
  const cancel = () =>
    onAsk({
      path: `orders/${order.id}/cancel`,
      title: t('action.cancelOrder'),
      hint: t('page.order.cancelHint'),
      fields: [{ name: 'reason', label: t('page.common.reason') }],
      danger: true,
    });
  return (
    <div className="kg-row apart" style={{ marginBottom: 16 }}>
      <div className="kg-row">
        <h1 style={{ margin: 0 }} className="mono">
          {order.orderNo}
        </h1>
        <Tag value={order.status} label={t(`enum.orderStatus.${order.status}`)} />
      </div>
      <div className="kg-row">
        {may.retry ? (
          <button type="button" className="kg-button" onClick={retry}>
            {t('action.retryOrder')}
          </button>
        ) : null}
        {may.compensate ? (
          <Link
            className="kg-button"
            data-testid="compensate"
            to={sectionsPage('Compensation', 'ask', { order: order.orderNo })}
          >
            {t('action.compensate')}
          </Link>
        ) : null}
        {may.complain ? (
          <Link
            className="kg-button"
            data-testid="open-complaint"
            to={`${COMPLAINT_INTAKE}?order=${encodeURIComponent(order.orderNo)}`}
          >
            {t('action.openComplaint')}
          </Link>
        ) : null}
        {may.cancel ? (
          <button type="button" className="kg-button danger" onClick={cancel}>
            {t('action.cancelOrder')}
          </button>
        ) : null}
        <button type="button" className="kg-button" onClick={onRefresh}>
          {t('action.refresh')}
        </button>
        <a className="kg-button" href={runUrl} target="_blank" rel="noreferrer">
          {t('action.openRun')}
        </a>
      </div>
    </div>
  );
};

export const OrderWhy = ({ data: { why, may, order } }: { data: OrderPageView }) => {
  const { t } = useTranslation();
  if (!why) return null;
  return (
    <div className="kg-card warn" data-testid="why">
      <h2>{t('page.order.why')}</h2>
      {why.lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {why.missing > 0 && may.import ? (
        <Link
          className="kg-button main"
          style={{ marginTop: 12 }}
          to={importPage(order.productCode)}
        >
          {t('page.order.importNow', { product: order.productCode })}
        </Link>
      ) : null}
    </div>
  );
};

export interface RevealedCard {
  readonly unitNo: number;
  readonly cardNo: string;
  readonly cardPassword: string;
}

export const Revealed = ({ card, onClose }: { card: RevealedCard; onClose: () => void }) => {
  const { t } = useTranslation();
  return (
    <div className="kg-panel secret" data-testid="revealed">
      <h2>
        {t('page.order.revealed')} · {t('page.order.unitNo', { no: card.unitNo })}
      </h2>
      <dl>
        <div>
          <dt>{t('page.order.card')}</dt>
          <dd className="mono" data-testid="revealed-number">
            {card.cardNo}
          </dd>
        </div>
        <div>
          <dt>{t('page.order.password')}</dt>
          <dd className="mono">{card.cardPassword || '—'}</dd>
        </div>
      </dl>
      <p className="muted small">{t('notice.cardOnce')}</p>
      <button type="button" className="kg-button tiny" onClick={onClose}>
        {t('action.close')}
      </button>
    </div>
  );
};
