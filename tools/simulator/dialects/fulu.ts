import type { Asked, Dialect, Told } from '../dialect.js';
import { hao, inTime, json, md5, object, word, yuan, type Wire } from '../wire.js';

const STATUSES: Readonly<Record<Told['status'], string>> = {
  processing: 'processing',
  success: 'success',
  failed: 'failed',
  part: 'success',
  reversed: 'failed',
  new: 'frozen',
};

const fault = (code: number, message: string) => json({ code, message, result: '' });
const signed = (said: Wire, secret: string): string =>
  md5(JSON.stringify(said).split('').sort().join('') + secret);

/** What is told stands as a text of JSON in JSON, with a signature of its own. */
const told = (result: Wire) =>
  json({ code: 0, message: '接口调用成功', result: JSON.stringify(result) });

function asked(method: string, said: Wire): Asked | undefined {
  switch (method) {
    case 'fulu.order.direct.add': {
      const quantity = Number(said['buy_num']);
      const unitHao = hao(said['customer_price']);
      const purchase = {
        attemptNo: word(said['customer_order_no']),
        productId: word(said['product_id']),
        quantity,
        account: word(said['charge_account']),
        // The address is set once with the vendor; the simulator takes it from the order all the same.
        callbackUrl: word(said['notify_url']),
        limitHao: unitHao === undefined ? undefined : unitHao * quantity,
      };
      return { call: 'create', purchase };
    }
    case 'fulu.order.info.get':
      return { call: 'query', attemptNo: word(said['customer_order_no']), supplierOrderNo: '' };
    case 'fulu.user.info.get':
      return { call: 'balance' };
    default:
      return undefined;
  }
}

const shownOrder = (order: Told): Wire => ({
  order_id: order.supplierOrderNo,
  customer_order_no: order.attemptNo,
  product_id: order.productId,
  order_status: STATUSES[order.status],
  buy_num: order.quantity,
});

export const fulu: Dialect = {
  hear({ path, body, nowMs }, { account, secret }) {
    const { sign, ...said } = object(body);
    if (path !== '/api/getway') return fault(404, 'not found');
    if (said['app_key'] !== account || sign !== signed(said, secret))
      return fault(1002, '签名错误');
    const atMs = Date.parse(`${word(said['timestamp']).replace(' ', 'T')}+08:00`);
    if (!inTime(atMs, nowMs)) return fault(1003, '时间戳过期');
    return (
      asked(word(said['method']), object(word(said['biz_content']))) ?? fault(1001, '方法不存在')
    );
  },
  accepted: (order) => told(shownOrder({ ...order, status: 'processing' })),
  refused: (refusal) => fault(2001, refusal),
  duplicate: () => fault(2002, '外部订单号已存在'),
  systemFault: () => fault(5000, '系统异常'),
  newCode: () => fault(7777, ''),
  order: (order) => told(shownOrder(order)),
  notFound: () => fault(3001, '订单不存在'),
  balance: (balanceHao) => told({ name: 'demo', balance: yuan(balanceHao) }),
  products: () => fault(1001, '方法不存在'),
  cancelTaken: () => fault(1001, '方法不存在'),
  notification(order, { secret }, sign) {
    const said = shownOrder(order);
    const body = JSON.stringify(sign ? { ...said, sign: signed(said, secret) } : said);
    return { headers: { 'content-type': 'application/json' }, body };
  },
};
