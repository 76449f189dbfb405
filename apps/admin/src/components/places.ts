/** Addresses inside the panel that several pages link to. */
export const ACCOUNT = '/admin/pages/account';
export const ORDERS = '/admin/resources/Order';
export const CALLBACKS = '/admin/resources/CallbackDelivery';
export const ALERTS = '/admin/resources/Alert';
export const APPROVALS = '/admin/resources/Approval?filters.status=asked';
const COMPLAINTS = '/admin/resources/Complaint';
export const COMPLAINT_WORK = `${COMPLAINTS}/actions/work`;
export const COMPLAINT_INTAKE = `${COMPLAINTS}/actions/intake`;
export const UNDECIDED = '/admin/resources/Attempt/actions/undecided';
const WHAT_IF = '/admin/resources/SupplyRoute/actions/whatIf';

export const whatIfPage = (productId: string): string => `${WHAT_IF}?product=${productId}`;
export const HELD_ORDERS = '/admin/resources/RiskCase?filters.status=open';
export const STATEMENTS_IN = '/admin/resources/ExternalStatement';
export const LICENCE_REGISTER = '/admin/resources/Licence/actions/register';
export const IMPORTS = '/admin/resources/CardImport';
const IMPORT = `${IMPORTS}/actions/import`;

export const importPage = (productCode?: string): string =>
  productCode === undefined ? IMPORT : `${IMPORT}?product=${encodeURIComponent(productCode)}`;

/** The form of a new record, with some fields filled in. */
export const newRecordPage = (entity: string, fields: Readonly<Record<string, string>>): string =>
  `/admin/resources/${entity}/actions/new?${new URLSearchParams(fields).toString()}`;

/** A page of our own that belongs to a resource, with what it is about. */
export const sectionsPage = (
  entity: string,
  name: string,
  about: Readonly<Record<string, string>> = {},
): string => `/admin/resources/${entity}/actions/${name}?${new URLSearchParams(about).toString()}`;

export const recordPage = (entity: string, id: string): string =>
  `/admin/resources/${entity}/records/${id}/show`;

/** Resources whose forms give access or raise limits: who sits there is asked before they are sent. */
export const WITH_CONFIRMATION = ['Staff', 'ApprovalThreshold', 'AlertChannel'] as const;

/** Resources whose page asks what can be done to the record; the server has a source for each. */
export const WITH_VERBS = [
  'Product',
  'Platform',
  'ApiCredential',
  'LedgerAccount',
  'LedgerEntry',
  'BalanceHold',
  'CardImport',
  'CallbackDelivery',
  'CreditLine',
  'RiskRule',
  'RiskCase',
  'RiskSignal',
  'RiskWatch',
  'Supplier',
  'SupplyRoute',
  'Attempt',
  'Replenishment',
  'PeakPlan',
  'CapacityRequest',
  'AlertChannel',
  'Approval',
  'LargeOrder',
  'Complaint',
  'SlaPolicyVersion',
  'UpstreamComplaint',
  'Compensation',
  'CompensationPolicy',
  'SupplyClaim',
  'Incident',
  'IncidentCompensation',
  'ExternalStatement',
  'ReconciliationDifference',
  'ReconciliationMatch',
  'Statement',
  'StatementPayment',
  'StatementDispute',
  'SettlementAgreement',
  'Staff',
  'Licence',
  'LicenceRenewal',
  'LegalRule',
  'LicenceType',
] as const;

/** Resources whose page asks what belongs to the record; the server has a source for each. */
export const WITH_RELATED = [
  'Product',
  'Platform',
  'LedgerAccount',
  'LedgerEntry',
  'CallbackDelivery',
  'Card',
  'Order',
  'CreditLine',
  'RiskRule',
  'RiskCase',
  'RiskSignal',
  'Supplier',
  'SupplyRoute',
  'Attempt',
  'Replenishment',
  'PeakPlan',
  'StockRunway',
  'Alert',
  'AlertChannel',
  'Approval',
  'LargeOrder',
  'Compensation',
  'CompensationPolicy',
  'SupplyClaim',
  'Incident',
  'IncidentCompensation',
  'ExternalStatement',
  'StatementParty',
  'ReconciliationDifference',
  'Statement',
  'SettlementAgreement',
  'Licence',
] as const;
