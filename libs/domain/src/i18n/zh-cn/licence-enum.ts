import type { ProductCategory } from '../../catalog/product-category.js';
import type {
  DocumentType,
  LicenceClock,
  LicenceMessageStatus,
  LicenceStanding,
  LicenceStatus,
  LicenceTypeKind,
  VerificationResult,
} from '../../licence/licence-kinds.js';
import type { RenewalStatus } from '../../licence/renewal-status.js';
import type { GateFault, SaleVerdict } from '../../licence/sale-gate.js';
import type { StopEnd } from '../../licence/stop-end.js';

/** Values of licences and the sales gate. */
export const licenceEnumTexts = {
  productCategory: {
    other: '普通商品',
    game: '游戏',
    software: '软件',
    media: '音乐、影视、演出',
    'prepaid-card': '预付卡',
    'phone-credit': '话费',
    membership: '会员',
  } satisfies Record<ProductCategory, string>,
  licenceTypeKind: {
    permit: '行政许可',
    registration: '登记备案',
    contract: '合同授权',
  } satisfies Record<LicenceTypeKind, string>,
  licenceStanding: {
    'in-force': '有效',
    suspended: '暂停',
    revoked: '被吊销',
    surrendered: '已注销',
  } satisfies Record<LicenceStanding, string>,
  licenceStatus: {
    unverified: '待核验',
    'not-yet': '未生效',
    active: '有效',
    renewing: '续期中',
    'apply-late': '续期申请已逾期',
    expired: '已到期',
    replaced: '已由新证接替',
    suspended: '暂停',
    revoked: '被吊销',
    surrendered: '已注销',
  } satisfies Record<LicenceStatus, string>,
  verificationResult: {
    confirmed: '一致',
    mismatch: '不一致',
    'not-found': '查无此证',
  } satisfies Record<VerificationResult, string>,
  licenceClock: {
    'apply-by': '续期申请截止',
    expiry: '到期',
    review: '定期复核',
    rule: '法规复核',
  } satisfies Record<LicenceClock, string>,
  licenceMessageStatus: {
    due: '待发送',
    sent: '已发邮件',
    'in-panel': '仅在后台显示',
    dead: '发送失败',
  } satisfies Record<LicenceMessageStatus, string>,
  documentType: {
    'application/pdf': 'PDF',
    'image/png': 'PNG 图片',
    'image/jpeg': 'JPEG 图片',
    'image/webp': 'WebP 图片',
  } satisfies Record<DocumentType, string>,
  renewalStatus: {
    collecting: '准备材料',
    submitted: '已提交',
    'in-review': '审核中',
    received: '已取得新证，待核验',
    active: '已生效',
    'given-up': '已放弃',
  } satisfies Record<RenewalStatus, string>,
  saleVerdict: {
    ok: '可售',
    renewing: '可售（续期中）',
    warn: '不可新上架',
    overridden: '临时放行',
    blocked: '禁售',
  } satisfies Record<SaleVerdict, string>,
  gateFault: {
    missing: '没有登记这类资质',
    scope: '资质范围不包含该商品、平台或地区',
    unverified: '资质尚未由第二人核验',
    'not-yet': '资质尚未生效',
    expired: '资质已到期',
    suspended: '资质已暂停',
    revoked: '资质被吊销',
  } satisfies Record<GateFault, string>,
  stopEnd: {
    covered: '资质恢复，自动上架',
    override: '临时放行，自动上架',
    staff: '由人工处理',
  } satisfies Record<StopEnd, string>,
} as const;
