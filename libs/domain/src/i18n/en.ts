import { enumTexts } from './en/enum.js';
import {
  compensationAction,
  compensationNotice,
  compensationPage,
  compensationPart,
} from './en/compensation-page.js';
import { complaintAction, complaintNotice, complaintPage } from './en/complaint-page.js';
import { error, errorTitle } from './en/error.js';
import { fieldIssue } from './en/field-issue.js';
import { entity, field } from './en/field.js';
import { licenceEnumTexts } from './en/licence-enum.js';
import { licenceEntity, licenceField } from './en/licence-field.js';
import { licenceAction, licenceNotice, licencePage } from './en/licence-page.js';
import { page } from './en/page.js';
import { action, menu, notice } from './en/panel.js';
import { slaAction, slaNotice, slaPage } from './en/sla-page.js';
import type { Messages } from './messages.js';

export const en: Messages = {
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
};
