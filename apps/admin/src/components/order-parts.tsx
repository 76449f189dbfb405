import { useTranslation } from 'adminjs';
import React from 'react';
import { Link } from 'react-router-dom';
import { Tag } from './tag';

export const OrderUnits = ({ data, onReveal }: any) => {
  const { t } = useTranslation();
  return (
    <div className="kg-card">
      <h2>{t('page.order.units')}</h2>
      <div className="scroll">
        <table data-testid="units">
          <thead>
            <tr>
              <th>{t('field.OrderUnit.unitNo')}</th>
              <th>{t('field.OrderUnit.status')}</th>
              <th>{t('page.order.card')}</th>
              <th>{t('page.order.batch')}</th>
              <th>{t('page.order.expires')}</th>
              <th>{t('page.order.deliveredAt')}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {data.units.map((unit: any) => (
              <tr key={unit.unitNo}>
                <td>{unit.unitNo}</td>
                <td>
                  <Tag value={unit.status} label={t(`enum.unitStatus.${unit.status}`)} />
                </td>
                <td className="mono">{unit.card ?? '—'}</td>
                <td>
                  {unit.batchId ? (
                    <Link to={`/admin/resources/CardBatch/records/${unit.batchId}/show`}>
                      {unit.batchNo}
                    </Link>
                  ) : (
                    '—'
                  )}
                </td>
                <td>{unit.expiresOn ?? '—'}</td>
                <td>{unit.deliveredAt ?? '—'}</td>
                <td className="right">
                  {unit.card && onReveal ? (
                    <button
                      type="button"
                      className="kg-button tiny"
                      data-testid={`reveal-${unit.unitNo}`}
                      onClick={() => onReveal(unit.unitNo)}
                    >
                      {t('action.revealCard')}
                    </button>
                  ) : null}
                </td>
              </tr>
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

export const OrderMoney = ({ entries }: any) => {
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
          {entries.map((entry: any) => (
            <tr key={entry.id}>
              <td>{t(`enum.entryKind.${entry.kind}`)}</td>
              <td className="right">
                {entry.kind === 'order-refund' ? '+' : '−'}
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

export const OrderCallbacks = ({ data, onReplay }: any) => {
  const { t } = useTranslation();
  const { callbacks, order } = data;
  const none = order.callbackUrl ? t('page.order.callbackPending') : t('page.order.noCallback');
  return (
    <div className="kg-card">
      <h2>{t('page.order.callbacks')}</h2>
      {callbacks.length === 0 ? <p className="muted">{none}</p> : null}
      {callbacks.map((callback: any) => (
        <div key={callback.id}>
          <div className="kg-row apart">
            <div className="kg-row">
              <Tag value={callback.status} label={t(`enum.callbackStatus.${callback.status}`)} />
              <span className="mono small">{callback.url}</span>
            </div>
            {onReplay && callback.status !== 'acknowledged' ? (
              <button
                type="button"
                className="kg-button tiny"
                onClick={() => onReplay(callback.id)}
              >
                {t('action.replayCallback')}
              </button>
            ) : null}
          </div>
          {callback.nextAt && callback.status === 'scheduled' ? (
            <p className="muted small">
              {t('field.CallbackDelivery.nextAt')} {callback.nextAt}
            </p>
          ) : null}
          {callback.tries.length > 0 ? (
            <table>
              <thead>
                <tr>
                  <th>{t('field.CallbackTry.tryNo')}</th>
                  <th>{t('field.CallbackTry.sentAt')}</th>
                  <th>{t('field.CallbackTry.httpStatus')}</th>
                  <th>{t('field.CallbackTry.failure')}</th>
                  <th className="right">{t('field.CallbackTry.durationMs')}</th>
                </tr>
              </thead>
              <tbody>
                {callback.tries.map((one: any) => (
                  <tr key={one.tryNo}>
                    <td>{one.tryNo}</td>
                    <td>{one.at}</td>
                    <td>{one.httpStatus ?? '—'}</td>
                    <td>{one.failure ?? '—'}</td>
                    <td className="right">{one.durationMs}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          ) : null}
        </div>
      ))}
    </div>
  );
};
