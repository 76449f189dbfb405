import { enumTexts } from './zh-cn/enum.js';
import { error, errorTitle } from './zh-cn/error.js';

/** The source of all texts: every other language is typed by it. */
export const zhCn = {
  error,
  errorTitle,
  enum: enumTexts,
} as const;
