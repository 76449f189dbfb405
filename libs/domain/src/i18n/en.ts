import { enumTexts } from './en/enum.js';
import { error, errorTitle } from './en/error.js';
import type { Messages } from './messages.js';

export const en: Messages = {
  error,
  errorTitle,
  enum: enumTexts,
};
