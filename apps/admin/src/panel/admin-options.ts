import { Database } from '@adminjs/typeorm';
import AdminJS, { type AdminJSOptions, type CurrentAdmin, type Locale } from 'adminjs';
import { mayStaff } from '#domain';
import { DEFAULT_LANGUAGE, translate } from '#domain/i18n';
import type { CurrentStaff } from '../auth/current-staff.js';
import { SafeResource } from '../resource/safe-resource.js';
import { RESOURCES, requireComplete } from '../resources/registry.js';
import { componentLoader } from './components.js';
import { panelLocale } from './locale.js';
import { resourceOptions } from './resource-options.js';

const LIST_ROWS = 20;
let isRegistered = false;

/** The panel: our resources, our look, none of the library's own pages. The entities' data source must be open. */
export function adminOptions(): AdminJSOptions {
  requireComplete();
  if (!isRegistered) AdminJS.registerAdapter({ Database, Resource: SafeResource });
  isRegistered = true;
  return {
    rootPath: '/admin',
    loginPath: '/admin/login',
    logoutPath: '/admin/logout',
    componentLoader: componentLoader(),
    resources: RESOURCES.map((definition) => ({
      resource: definition,
      options: resourceOptions(definition),
    })),
    dashboard: { component: 'Dashboard' },
    pages: { account: { component: 'AccountPage' } },
    assets: { styles: ['/admin/frontend/own/panel.css'] },
    branding: {
      companyName: '卡供 Kagong',
      logo: '/admin/frontend/own/logo.svg',
      favicon: '/admin/frontend/own/favicon.svg',
      withMadeWithLove: false,
      theme: THEME,
    },
    locale: (staff?: CurrentAdmin): Locale =>
      panelLocale((staff as unknown as CurrentStaff | undefined)?.language ?? DEFAULT_LANGUAGE),
    settings: { defaultPerPage: LIST_ROWS },
  } as unknown as AdminJSOptions;
}

/** What the page may know of the person in front of it. */
export function pageStaff(staff: CurrentStaff): CurrentAdmin {
  return {
    id: staff.id,
    email: staff.email,
    name: staff.name,
    title: translate(staff.language, `enum.staffRole.${staff.role}`),
    role: staff.role,
    language: staff.language,
    mayRevealCards: mayStaff(staff.role, 'card.reveal'),
    mayWriteMoney: mayStaff(staff.role, 'money.write'),
  };
}

const FONT =
  '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif';

/** Fonts of the reader's own machine only: nothing is fetched from elsewhere. */
const THEME = {
  font: FONT,
  fontFamily: FONT,
  colors: {
    primary100: '#0b6e5f',
    primary80: '#2b8a7b',
    primary60: '#5aa89b',
    primary40: '#9bccc3',
    primary20: '#e2f2ef',
    hoverBg: '#0b6e5f',
    accent: '#c8102e',
    love: '#c8102e',
    filterBg: '#ffffff',
    filterInputBorder: '#b9cdc8',
    filterDefaultText: '#12322d',
  },
};
