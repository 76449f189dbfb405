import type { RollRule, TermKind } from '../../calendar/work-calendar.js';

const termKind = { T: 'T（工作日）', D: 'D（自然日）' } as const satisfies Record<TermKind, string>;

const rollRule = {
  none: '不顺延',
  following: '顺延至下一工作日',
  'modified-following': '顺延，跨月则提前',
} as const satisfies Record<RollRule, string>;

const commonCalendar = { statutory: '法定工作日', bank: '银行工作日' } as const;

/** Values of settlement and its calendars. */
export const settlementEnumTexts = { termKind, rollRule, commonCalendar } as const;
