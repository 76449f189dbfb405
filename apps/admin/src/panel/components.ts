import path from 'node:path';
import { ComponentLoader } from 'adminjs';

/** Components are plain TSX that the panel's own bundler reads, also when the program runs from its compiled form. */
export const COMPONENT_FOLDER = path.resolve('apps/admin/src/components');

const OWN = {
  AccountPage: 'account-page',
  Dashboard: 'dashboard',
  BalancesPage: 'balances-page',
  TrialBalancePage: 'trial-balance-page',
  ManualEntryPage: 'manual-entry-page',
  CalendarList: 'calendar-list',
  CardList: 'card-list',
  ChangeText: 'change-text',
  ComplaintIntakePage: 'complaint-intake-page',
  ComplaintPage: 'complaint-page',
  ComplaintWorkPage: 'complaint-work-page',
  NewKeyPage: 'new-key-page',
  OrderList: 'order-list',
  OrderPage: 'order-page',
  RecordPage: 'record-page',
  SectionsPage: 'sections-page',
  ImportPage: 'import-page',
  LicenceUploadPage: 'licence-upload-page',
  LicenceYearPage: 'licence-year-page',
  StatementImportPage: 'statement-import-page',
  DifferenceWorkPage: 'difference-work-page',
  TieOutPage: 'tie-out-page',
  FilterField: 'filter-field',
  FormField: 'form-field',
  PlainText: 'plain-text',
  SupplyBoardPage: 'supply-board-page',
  UndecidedPage: 'undecided-page',
  WhatIfPage: 'what-if-page',
} as const;
const REPLACED = {
  ActionHeader: 'action-header',
  TopBar: 'top-bar',
  SelectedRecords: 'selected-records',
  DefaultListAction: 'record-list',
  DefaultEditAction: 'record-edit',
  DefaultNewAction: 'record-new',
  SidebarBranding: 'sidebar-branding',
  SidebarPages: 'sidebar-pages',
  SidebarResourceSection: 'sidebar-resources',
  DefaultPropertyValue: 'property-value',
  DefaultReferenceValue: 'reference-value',
} as const;
export type OwnComponent = keyof typeof OWN;

/** All components of ours, by the names that resources use. */
export function componentLoader(): ComponentLoader {
  const loader = new ComponentLoader();
  for (const [name, file] of Object.entries(OWN))
    loader.add(name, path.join(COMPONENT_FOLDER, file));
  for (const [name, file] of Object.entries(REPLACED))
    loader.override(name, path.join(COMPONENT_FOLDER, file));
  return loader;
}
