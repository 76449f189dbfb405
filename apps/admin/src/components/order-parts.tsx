import { useTranslation } from 'adminjs';
import React from 'react';
import { Link } from 'react-router-dom';
import type { Question } from './ask';
import { recordPage, sectionsPage } from './places';
import { Tag } from './tag';
import type { OrderPageView } from './views';

interface PartProps {
  readonly data: OrderPageView;
  /** Null where this person may not. */
  readonly onAsk: ((question: Question) => void) | null;
}

export const OrderUnits = ({ data, onAsk }: PartProps) => {
  const { t } = useTranslation();
  const reveal = (unitNo: number) =>
    onAsk?.({
      path: `orders/${data.order.id}/reveal`,
      title: `${t('action.revealCard')} · ${t('page.order.unitNo', { no: unitNo })}`,
      hint: t('page.order.revealHint'),
      body: { unitNo },
      fields: [{ name: 'reason', label: t('page.common.reason') }],
    });
  const heads = [
    'page.order.card',
    'page.order.batch',
    'page.order.expires',
    'page.order.deliveredAt',
  ];
  return (
    <div className="kg-card">
      <h2>{t('page.order.units')}</h2>
      <div className="scroll">
        <table data-testid="units">
          <thead>
            <tr>
              {['field.OrderUnit.unitNo', 'field.OrderUnit.status', ...heads].map((head) => (
                <th key={head}>{t(head)}</th>
              ))}
              <th />
            </tr>
          </thead>
          <tbody>
            {data.units.map((unit) => (
              <UnitRow
                key={unit.unitNo}
                unit={unit}
                compensatePage={
                  data.may.compensate && unit.status === 'delivered'
                    ? sectionsPage('Compensation', 'ask', {
                        order: data.order.orderNo,
                        units: String(unit.unitNo),
                      })
                    : null
                }
                onReveal={unit.card && onAsk ? () => reveal(unit.unitNo) : null}
              />
            ))}
          </tbody>
        </table>
      </div>
      {data.unitTotal > data.units.length ? (
        <p className="muted small">
          {t('page.order.tooManyUnits', { count: data.units.length, total: data.unitTotal })}
        </p>
      ) : null}
    </div>
  );
};

const UnitRow = (props: {
  unit: OrderPageView['units'][number];
  compensatePage: string | null;
  onReveal: (() => void) | null;
}) => {
  const { unit, onReveal, compensatePage } = props;
  const { t } = useTranslation();
  return (
    <tr>
      <td>{unit.unitNo}</td>
      <td>
        <Tag value={unit.status} label={t(`enum.unitStatus.${unit.status}`)} />
      </td>
      <td className="mono">{unit.card ?? '—'}</td>
      <td>
        {unit.batchId ? (
          <Link to={recordPage('CardBatch', unit.batchId)}>{unit.batchNo}</Link>
        ) : (
          '—'
        )}
      </td>
      <td>{unit.expiresOn ?? '—'}</td>
      <td>{unit.deliveredAt ?? '—'}</td>
      <td className="right">
        {onReveal ? (
          <button
            type="button"
            className="kg-button tiny"
            data-testid={`reveal-${unit.unitNo}`}
            onClick={onReveal}
          >
            {t('action.revealCard')}
          </button>
        ) : null}{' '}
        {compensatePage ? (
          <Link className="kg-button tiny" to={compensatePage}>
            {t('action.compensate')}
          </Link>
        ) : null}
      </td>
    </tr>
  );
};

export const OrderMoney = ({ entries }: Pick<OrderPageView, 'entries'>) => {
  const { t } = useTranslation();
  return (
    <div className="kg-card">
      <h2>{t('page.order.money')}</h2>
      <table>
        <thead>
          <tr>
            <th>{t('field.LedgerEntry.kind')}</th>
            <th className="right">{t('field.Order.amountHao')}</th>
            <th>{t('field.LedgerEntry.postedAt')}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.id}>
              <td>{t(`enum.entryKind.${entry.kind}`)}</td>
              <td className="right">
                {['order-refund', 'compensation'].includes(entry.kind) ? '+' : '−'}
                {entry.amount}
              </td>
              <td>{entry.at}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

export const OrderCallbacks = ({ data, onAsk }: PartProps) => {
  const { t } = useTranslation();
  const { callbacks, order } = data;
  const none = order.callbackUrl ? t('page.order.callbackPending') : t('page.order.noCallback');
  const replay = (id: string) =>
    onAsk?.({
      path: `callbacks/${id}/replay`,
      title: t('action.replayCallback'),
      hint: t('page.order.replayHint'),
    });
  return (
    <div className="kg-card">
      <h2>{t('page.order.callbacks')}</h2>
      {callbacks.length === 0 ? <p className="muted">{none}</p> : null}
      {callbacks.map((callback) => (
        <div key={callback.id}>
          <div className="kg-row apart">
            <div className="kg-row">
              <Tag value={callback.status} label={t(`enum.callbackStatus.${callback.status}`)} />
              <span className="mono small">{callback.url}</span>
            </div>
            {onAsk ? (
              <button type="button" className="kg-button tiny" onClick={() => replay(callback.id)}>
                {t('action.replayCallback')}
              </button>
            ) : null}
          </div>
          {callback.nextAt && callback.status === 'scheduled' ? (
            <p className="muted small">
              {t('field.CallbackDelivery.nextAt')} {callback.nextAt}
            </p>
          ) : null}
          {callback.tries.length > 0 ? <Tries tries={callback.tries} /> : null}
        </div>
      ))}
    </div>
  );
};

const TRY_HEADS = ['tryNo', 'sentAt', 'httpStatus', 'failure', 'durationMs'];

const Tries = ({ tries }: Pick<OrderPageView['callbacks'][number], 'tries'>) => {
  const { t } = useTranslation();
  return (
    <div className="scroll">
      <table>
        <thead>
          <tr>
            {TRY_HEADS.map((head) => (
              <th key={head}>{t(`field.CallbackTry.${head}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tries.map((one) => (
            <tr key={one.tryNo}>
              <td>{one.tryNo}</td>
              <td>{one.at}</td>
              <td>{one.httpStatus ?? '—'}</td>
              <td>{one.failure ?? '—'}</td>
              <td>{one.durationMs}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
