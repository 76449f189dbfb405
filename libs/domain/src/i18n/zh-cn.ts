import { enumTexts } from './zh-cn/enum.js';
import {
  compensationAction,
  compensationNotice,
  compensationPage,
  compensationPart,
} from './zh-cn/compensation-page.js';
import { error, errorTitle } from './zh-cn/error.js';
import { fieldIssue } from './zh-cn/field-issue.js';
import { entity, field } from './zh-cn/field.js';
import { page } from './zh-cn/page.js';
import { action, menu, notice } from './zh-cn/panel.js';

/** The source of all texts: every other language is typed by it. */
export const zhCn = {
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
} as const;
