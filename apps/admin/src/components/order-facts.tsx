import { useTranslation } from 'adminjs';
import React from 'react';
import { Link } from 'react-router-dom';
import { recordPage } from './places';
import type { OrderPageView } from './views';

type Order = OrderPageView['order'];

/** What is known of the order; what is not there takes no place. */
function factsOf(
  order: Order,
  failText: string | null,
): readonly (readonly [string, React.ReactNode])[] {
  const account = Object.entries(order.account ?? {}).map(([name, value]) => `${name}: ${value}`);
  return [
    ['merchantOrderNo', <span className="mono">{order.merchantOrderNo}</span>],
    ['platformId', <Link to={recordPage('Platform', order.platformId)}>{order.platformName}</Link>],
    [
      'productId',
      <Link to={recordPage('Product', order.productId)}>
        {order.productName}（{order.productCode}）
      </Link>,
    ],
    ['quantity', order.quantity],
    ['deliveredQuantity', `${order.deliveredQuantity} / ${order.quantity}`],
    ['unitPriceHao', order.unitPrice],
    ['amountHao', <strong>{order.amount}</strong>],
    ['refundedHao', order.refunded],
    ['customerNo', order.customerNo],
    ['failCode', failText],
    ['account', account.join('；')],
    ['saleChannel', order.saleChannel],
    ['createdAt', order.createdAt],
    ['updatedAt', order.updatedAt],
    ['deadlineAt', order.deadlineAt],
    ['version', order.version],
    ['remark', order.remark],
  ];
}

export const OrderFacts = ({ order }: { order: Order }) => {
  const { t } = useTranslation();
  const failText = order.failCode && t(`enum.orderFailCode.${order.failCode}`);
  return (
    <div className="kg-card">
      <h2>{t('page.order.facts')}</h2>
      <dl>
        {factsOf(order, failText)
          .filter(([, value]) => value !== null && value !== '')
          .map(([name, value]) => (
            <div key={name}>
              <dt>{t(`field.Order.${name}`)}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </div>
  );
};
