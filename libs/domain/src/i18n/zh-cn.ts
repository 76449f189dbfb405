import { enumTexts } from './zh-cn/enum.js';
import {
  compensationAction,
  compensationNotice,
  compensationPage,
  compensationPart,
} from './zh-cn/compensation-page.js';
import { complaintAction, complaintNotice, complaintPage } from './zh-cn/complaint-page.js';
import { error, errorTitle } from './zh-cn/error.js';
import { fieldIssue } from './zh-cn/field-issue.js';
import { entity, field } from './zh-cn/field.js';
import { licenceEnumTexts } from './zh-cn/licence-enum.js';
import { licenceEntity, licenceField } from './zh-cn/licence-field.js';
import { licenceAction, licenceNotice, licencePage } from './zh-cn/licence-page.js';
import { page } from './zh-cn/page.js';
import { action, menu, notice } from './zh-cn/panel.js';
import { slaAction, slaNotice, slaPage } from './zh-cn/sla-page.js';

/** The source of all texts: every other language is typed by it. */
export const zhCn = {
  error,
  errorTitle,
  fieldIssue,
  enum: { ...enumTexts, ...licenceEnumTexts },
  entity: { ...entity, ...licenceEntity },
  field: { ...field, ...licenceField },
  menu,
  action: { ...action, ...compensationAction, ...licenceAction, ...complaintAction, ...slaAction },
  notice: { ...notice, ...compensationNotice, ...licenceNotice, ...complaintNotice, ...slaNotice },
  page: {
    ...page,
    ...compensationPage,
    ...licencePage,
    ...complaintPage,
    ...slaPage,
    systemPart: { ...page.systemPart, ...compensationPart },
  },
} as const;
