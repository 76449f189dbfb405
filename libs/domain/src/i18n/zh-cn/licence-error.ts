/** What went wrong with licences and the sales gate, and what to do about it. */
export const licenceError = {
  'licence.not-found': '找不到这份资质，请刷新后重试。',
  'licence.not-open': '资质的当前状态不允许这项操作，请刷新后重试。',
  'licence.own': '登记人不能核验自己登记的内容，请由另一位同事核验。',
  'licence.type-retired': '这类资质已不再核发，不能登记新的证件。',
  'licence.dates-wrong': '日期不对：到期日不能早于生效日，且必须是真实的日期。',
  'licence.renewal-open': '这份资质已有正在进行的续期。',
  'licence.renewal-not-open': '续期当前的步骤不允许这项操作，请刷新后重试。',
  'licence.document-unreadable': '只接受 PDF、PNG、JPEG、WebP 文件，且文件内容须与类型一致。',
  'licence.document-known': '这份文件已经上传过。',
  'override.revoked': '资质已被吊销，任何人都不能放行。',
  'override.not-blocked': '该商品当前没有被资质闸门拦下，不需要放行。',
} as const;

export const licenceErrorTitle = {
  'licence.not-found': '资质不存在',
  'licence.not-open': '资质状态不符',
  'licence.own': '需要第二人核验',
  'licence.type-retired': '资质类型已停发',
  'licence.dates-wrong': '日期有误',
  'licence.renewal-open': '续期已在进行',
  'licence.renewal-not-open': '续期步骤不符',
  'licence.document-unreadable': '文件类型不支持',
  'licence.document-known': '文件重复',
  'override.revoked': '吊销后不可放行',
  'override.not-blocked': '无需放行',
} as const;
