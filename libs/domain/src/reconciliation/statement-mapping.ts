import { plainCell } from './statement-text.js';
import type { PartyKind } from './reconciliation-lists.js';

/** What a column of a statement means to us. */
export const COLUMN_ROLES = [
  'type',
  'our-no',
  'their-no',
  'product',
  'quantity',
  'account',
  'amount',
  'fee',
  'status',
  'currency',
  'time',
  'memo',
] as const;
export type ColumnRole = (typeof COLUMN_ROLES)[number];

/** Which heading carries what, as a person has confirmed it for one counterparty. */
export type ColumnMapping = Readonly<Partial<Record<ColumnRole, string>>>;

const squeezed = (heading: string): string =>
  plainCell(heading)
    .toLowerCase()
    .replaceAll(/\(.*?\)|（.*?）|[\s_\-:：]/g, '');

/** Names of columns, the surest first. Which number is ours depends on whose statement it is. */
const COMMON: Readonly<Record<Exclude<ColumnRole, 'our-no' | 'their-no'>, readonly string[]>> = {
  type: ['类型', '交易类型', '业务类型', '记录类型', '收支类型', 'type', 'kind', 'transactiontype'],
  product: [
    '商品编码',
    '商品编号',
    '商品代码',
    '产品编码',
    '产品编号',
    'sku',
    '商品id',
    'productcode',
    'product',
    'productid',
    '商品',
  ],
  quantity: ['数量', '购买数量', '订单数量', 'quantity', 'qty', 'count'],
  account: ['充值账号', '账号', '充值号码', '手机号', '客户账号', 'account', 'phone', 'mobile'],
  amount: [
    '结算金额',
    '订单金额',
    '交易金额',
    '金额',
    '消费金额',
    '实付金额',
    '发生额',
    '总金额',
    '入账金额',
    '贷方金额',
    'settlementamount',
    'amount',
    'total',
    'totalamount',
    'credit',
  ],
  fee: ['手续费', '服务费', '平台服务费', '平台手续费', '佣金', 'fee', 'commission', 'servicefee'],
  status: ['状态', '订单状态', '交易状态', 'status', 'orderstatus', 'state'],
  currency: ['币种', '货币', 'currency', 'ccy'],
  time: [
    '时间',
    '订单时间',
    '交易时间',
    '创建时间',
    '下单时间',
    '完成时间',
    '日期',
    '交易日期',
    'time',
    'createdat',
    'date',
    'datetime',
    'ordertime',
    'occurredat',
  ],
  memo: ['备注', '摘要', '说明', '附言', 'memo', 'remark', 'note', 'description'],
};

const NUMBERS: Readonly<
  Record<PartyKind, Readonly<Record<'our-no' | 'their-no', readonly string[]>>>
> = {
  platform: {
    'our-no': [
      '供货单号',
      '供货商订单号',
      '供应商订单号',
      '上游订单号',
      '卡供订单号',
      'supplierorderno',
      'kagongno',
      'upstreamno',
      'orderno',
    ],
    'their-no': [
      '平台订单号',
      '商户订单号',
      '订单编号',
      '订单号',
      '流水号',
      '结算单号',
      '单号',
      'merchantorderno',
      'platformorderno',
      'ordernumber',
      'id',
      'no',
    ],
  },
  supplier: {
    'our-no': [
      '商户订单号',
      '外部订单号',
      '客户订单号',
      '商家订单号',
      '采购单号',
      '下游订单号',
      'merchantorderno',
      'outorderno',
      'clientorderno',
      'attemptno',
    ],
    'their-no': [
      '平台订单号',
      '系统订单号',
      '订单编号',
      '订单号',
      '流水号',
      '单号',
      'orderno',
      'supplierorderno',
      'ordernumber',
      'id',
      'no',
    ],
  },
  bank: {
    'our-no': ['附言', '结算单号', 'reference'],
    'their-no': [
      '交易流水号',
      '银行流水号',
      '流水号',
      '交易号',
      '凭证号',
      'transactionid',
      'bankreference',
      'serialno',
      'id',
      'no',
    ],
  },
};

function namesOf(party: PartyKind): Readonly<Record<ColumnRole, readonly string[]>> {
  return { ...COMMON, ...NUMBERS[party] };
}

/** Guesses which heading carries what. A heading serves once; the surest name wins. */
export function guessMapping(headings: readonly string[], party: PartyKind): ColumnMapping {
  const names = namesOf(party);
  const mapping: Partial<Record<ColumnRole, string>> = {};
  const used = new Set<string>();
  for (const role of ['our-no', 'their-no', ...COLUMN_ROLES] as const) {
    if (mapping[role] !== undefined) continue;
    for (const name of names[role]) {
      const heading = headings.find((one) => squeezed(one) === name && !used.has(one));
      if (heading === undefined) continue;
      mapping[role] = heading;
      used.add(heading);
      break;
    }
  }
  return mapping;
}

/** The mapping for these headings: what was saved where the file still has that column, guesses for the rest. */
export function mappingFor(
  headings: readonly string[],
  party: PartyKind,
  saved: ColumnMapping,
): ColumnMapping {
  const kept = Object.fromEntries(
    Object.entries(saved).filter(([, heading]) => headings.includes(heading)),
  ) as ColumnMapping;
  const taken = new Set(Object.values(kept));
  const guessed = Object.entries(
    guessMapping(
      headings.filter((heading) => !taken.has(heading)),
      party,
    ),
  ).filter(([role]) => !(role in kept) && saved[role as ColumnRole] !== '');
  return { ...Object.fromEntries(guessed), ...kept };
}

/** Whether the columns that no statement can do without are known: an amount, and a number or a time. */
export function isUsableMapping(mapping: ColumnMapping): boolean {
  return (
    mapping.amount !== undefined &&
    (mapping['our-no'] !== undefined || mapping['their-no'] !== undefined)
  );
}

/** Whether a row can be the headings: two of its cells or more are names that we know. */
export function looksLikeHeadings(cells: readonly string[], party: PartyKind): boolean {
  return Object.keys(guessMapping(cells.map(plainCell), party)).length >= 2;
}
