import type { Asked, Dialect, Told } from '../dialect.js';
import type { Refusal } from '../plan.js';
import { form, formBody, inTime, json, md5, query, word, yuan, type Wire } from '../wire.js';

/** The vendor's list names but some of them. */
const CODES: Readonly<Record<Refusal, string>> = {
  account: '1011',
  blacklist: '1011',
  price: '1090',
  balance: '1008',
  stock: '1091',
  'off-shelf': '1092',
  auth: '1093',
  limit: '1099',
  maintenance: '1094',
};
const STATUSES: Readonly<Record<Told['status'], string>> = {
  processing: '02',
  success: '01',
  failed: '03',
  part: '01',
  reversed: '03',
  new: '05',
};

const fault = (code: string, message: string) => json({ code, message });

const sign = (fields: Wire, key: string): string =>
  md5(`${query(fields, ['sign', 'version', 'extendParameter'])}&key=${key}`).toUpperCase();

function asked(path: string, said: Wire): Asked | undefined {
  const attemptNo = word(said['outTradeNo']);
  switch (path) {
    case '/recharge/order': {
      const purchase = {
        attemptNo,
        productId: word(said['productId']),
        quantity: Number(said['number']),
        account: word(said['rechargeAccount']),
        callbackUrl: word(said['notifyUrl']),
        limitHao: undefined,
      };
      return { call: 'create', purchase };
    }
    case '/recharge/query':
      return { call: 'query', attemptNo, supplierOrderNo: '' };
    case '/recharge/info':
      return { call: 'balance' };
    default:
      return undefined;
  }
}

const shownOrder = (told: Told): Wire => ({
  orderNo: told.supplierOrderNo,
  outTradeNo: told.attemptNo,
  status: STATUSES[told.status],
});

export const feisuyuan: Dialect = {
  hear({ path, body, nowMs }, { account, secret }) {
    const said = form(body);
    if (said['merchantId'] !== account || said['sign'] !== sign(said, secret))
      return fault('1093', '签名错误');
    if (!inTime(Number(said['timeStamp']) * 1_000, nowMs)) return fault('1095', '时间');
    return asked(path, said) ?? fault('1999', '');
  },
  accepted: (told) =>
    json({
      code: '2000',
      message: '',
      orderNo: told.supplierOrderNo,
      outTradeNo: told.attemptNo,
    }),
  refused: (refusal) => fault(CODES[refusal], refusal),
  duplicate: () => fault('1005', '订单号重复'),
  systemFault: () => fault('1999', '未知错误'),
  newCode: () => fault('1777', ''),
  order: (told) => json({ code: '0000', message: '', ...shownOrder(told) }),
  notFound: () => fault('1012', '订单不存在'),
  balance: (balanceHao) => json({ code: '0000', balance: yuan(balanceHao) }),
  products: () => fault('1999', ''),
  cancelTaken: () => fault('1999', ''),
  notification(told, { account, secret }, isSigned) {
    const fields: Wire = { merchantId: account, ...shownOrder(told) };
    if (isSigned) fields['sign'] = sign(fields, secret);
    return {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: formBody(fields),
    };
  },
};
