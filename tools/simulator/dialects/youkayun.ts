import type { Asked, Dialect, Told } from '../dialect.js';
import { form, hao, json, md5, query, word, yuan, type Wire } from '../wire.js';

const STATUSES: Readonly<Record<Told['status'], number>> = {
  processing: 2,
  success: 3,
  failed: 5,
  part: 3,
  reversed: 5,
  new: 7,
};

/** Only 1000 means something for sure. */
const fault = (code: number, msg: string) => json({ code, msg });

/** Fields of a form, in parts or encoded: the vendor's language takes both. */
function fieldsOf(body: string): Wire {
  if (!body.startsWith('--')) return form(body);
  const fields: Wire = {};
  for (const [, name = '', value = ''] of body.matchAll(/name="([^"]+)"\r\n\r\n(.*?)\r\n--/gs))
    fields[name] = value;
  return fields;
}

function asked(path: string, said: Wire): Asked | undefined {
  switch (path) {
    case '/api/buygoods': {
      const purchase = {
        attemptNo: word(said['outorderno']),
        productId: word(said['goodsid']),
        quantity: Number(said['quantity']),
        account: word(said['accountname']),
        callbackUrl: word(said['callbackurl']),
        limitHao: hao(said['maxmoney']),
      };
      return { call: 'create', purchase };
    }
    case '/api/queryorder':
      return {
        call: 'query',
        attemptNo: word(said['outer_order_id']),
        supplierOrderNo: word(said['orderno']),
      };
    case '/api/getusermoney':
      return { call: 'balance' };
    default:
      return undefined;
  }
}

export const youkayun: Dialect = {
  hear({ path, body }, { account, secret }) {
    const said = fieldsOf(body);
    if (said['userid'] !== account || said['sign'] !== md5(query(said) + secret))
      return fault(1001, '签名错误');
    return asked(path, said) ?? fault(1404, '');
  },
  accepted: (told) =>
    json({
      code: 1000,
      msg: '',
      data: { ordersn: told.supplierOrderNo, outorderno: told.attemptNo },
    }),
  refused: (refusal) => fault(1002, refusal),
  duplicate: () => fault(1003, '外部订单号已存在'),
  systemFault: () => fault(1500, '系统异常'),
  newCode: () => fault(1777, ''),
  order: (told) =>
    json({
      code: 1000,
      msg: '',
      data: {
        ordersn: told.supplierOrderNo,
        outorderno: told.attemptNo,
        status: STATUSES[told.status],
        result: '',
      },
    }),
  notFound: () => fault(1004, '订单不存在'),
  balance: (balanceHao) => json({ code: 1000, money: yuan(balanceHao) }),
  products: () => fault(1404, ''),
  cancelTaken: () => fault(1404, ''),
  notification: (told) => ({
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      orderno: told.attemptNo,
      outorderno: told.supplierOrderNo,
      status: STATUSES[told.status],
    }),
  }),
};
