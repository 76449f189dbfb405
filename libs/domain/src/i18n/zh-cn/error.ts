import type { ErrorCode } from '../../shared/domain-error.js';

/** What went wrong and what to do about it. Parameters in braces may be missing; then a dash stands there. */
export const error = {
  'request.invalid': '请求内容不符合接口要求，请按 errors 中列出的字段修改后重新提交。',
  'request.too-large': '提交的内容过大，请减少后重试。',
  'request.unsupported-type': '不支持的内容类型，请使用 Content-Type: application/json。',
  'request.not-found': '没有这个接口或页面，请核对地址和请求方法。',
  'auth.refused': '身份验证未通过，请核对密钥、签名、随机串（nonce）和来源地址。',
  'auth.clock-skew': '请求时间与服务器相差超过 300 秒，请按返回的 serverTime 校准时钟后重新签名。',
  'order.not-found': '找不到这笔订单，请核对订单号。',
  'order.number-reused':
    '商户订单号 {merchantOrderNo} 已用于内容不同的订单，请换用新的订单号，或按原内容重试。',
  'order.not-cancellable': '订单已经交付或结束，不能再取消；如有问题请按售后处理。',
  'order.price-above-max': '订单金额 {amount} 元高于您给出的最高金额，请重新询价后提交。',
  'order.quantity-out-of-range':
    '数量 {quantity} 不符合商品要求：最少 {minQuantity}，最多 {maxQuantity}，每次递增 {quantityStep}。',
  'order.account-invalid': '充值字段 {field} 缺失、过长或不属于该商品，请按商品的字段模板填写。',
  'product.not-found': '没有商品 {productCode}，或者未对您开放，请核对商品编码。',
  'product.off-sale': '商品 {productCode} 已下架，请稍后再试或选择其他商品。',
  'product.out-of-stock': '商品 {productCode} 库存不足，且不支持等待，请减少数量或稍后再试。',
  'product.licence-lapsed': '商品 {productCode} 的销售资质已失效，暂停销售，请联系我们。',
  'product.banned-channel':
    '商品 {productCode} 不允许在渠道 {saleChannel} 销售，请更换渠道或商品。',
  'callback.url-not-allowed':
    '回调地址的主机 {host} 不在白名单内，或者没有使用 https，请先登记该主机。',
  'callback.not-found': '找不到这条回调，请刷新后重试。',
  'credit.exceeded': '可用余额不足，本单需要 {amount} 元，请先充值。',
  'rate.exceeded': '请求过于频繁，请按 Retry-After 给出的秒数等待后再试。',
  'service.unavailable': '服务暂时不可用，没有记录任何内容，请稍后原样重试。',
  'service.failed': '服务出现内部错误，请稍后重试；若仍失败，请提供请求编号联系我们。',
  'card.not-found': '找不到这张卡密，请刷新后重试。',
  'import.empty': '文件里没有卡密，请检查是否选错了文件。',
  'import.encoding-unknown':
    '无法识别文件编码，请另存为 UTF-8 或 GBK 后重试，或者手动选择正确的编码。',
  'import.layout-unknown':
    '各行的格式不一致，无法判断分隔方式，请统一使用一种分隔符（逗号、制表符、空格、| 或 ----）。',
  'import.too-many-lines': '文件超过 {lines} 行，请拆分后分别导入；本次没有导入任何卡密。',
  'import.not-a-card-product': '商品 {productCode} 不是卡密类商品，请选择其他商品。',
  'import.interrupted': '导入中断，已全部回滚，文件中的卡密都没有入库，请重新提交文件。',
  'staff.forbidden': '您的岗位没有这项权限，如有需要请联系负责人。',
  'staff.reason-required': '请填写原因，至少 4 个字符。',
} as const satisfies Record<ErrorCode, string>;

/** The short name of the fault. */
export const errorTitle = {
  'request.invalid': '请求内容有误',
  'request.too-large': '请求体过大',
  'request.unsupported-type': '内容类型不支持',
  'request.not-found': '接口不存在',
  'auth.refused': '身份验证未通过',
  'auth.clock-skew': '时钟偏差过大',
  'order.not-found': '订单不存在',
  'order.number-reused': '订单号重复使用',
  'order.not-cancellable': '订单不能取消',
  'order.price-above-max': '金额超过上限',
  'order.quantity-out-of-range': '数量不符合要求',
  'order.account-invalid': '充值字段有误',
  'product.not-found': '商品不存在',
  'product.off-sale': '商品已下架',
  'product.out-of-stock': '库存不足',
  'product.licence-lapsed': '销售资质失效',
  'product.banned-channel': '渠道禁售',
  'callback.url-not-allowed': '回调地址不允许',
  'callback.not-found': '回调不存在',
  'credit.exceeded': '余额不足',
  'rate.exceeded': '请求过于频繁',
  'service.unavailable': '服务暂不可用',
  'service.failed': '内部错误',
  'card.not-found': '卡密不存在',
  'import.empty': '文件为空',
  'import.encoding-unknown': '编码无法识别',
  'import.layout-unknown': '格式无法识别',
  'import.too-many-lines': '行数过多',
  'import.not-a-card-product': '不是卡密商品',
  'import.interrupted': '导入中断',
  'staff.forbidden': '没有权限',
  'staff.reason-required': '缺少原因',
} as const satisfies Record<ErrorCode, string>;
