import { enumTexts } from './en/enum.js';
import {
  compensationAction,
  compensationNotice,
  compensationPage,
  compensationPart,
} from './en/compensation-page.js';
import { error, errorTitle } from './en/error.js';
import { fieldIssue } from './en/field-issue.js';
import { entity, field } from './en/field.js';
import { page } from './en/page.js';
import { action, menu, notice } from './en/panel.js';
import type { Messages } from './messages.js';

export const en: Messages = {
  error,
  errorTitle,
  fieldIssue,
  enum: enumTexts,
  entity,
  field,
  menu,
  action: { ...action, ...compensationAction },
  notice: { ...notice, ...compensationNotice },
  page: {
    ...page,
    ...compensationPage,
    systemPart: { ...page.systemPart, ...compensationPart },
  },
};
