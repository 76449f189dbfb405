import { FirstSchema1795488644392 } from './1795488644392-first-schema.js';
import { Supply1795522701093 } from './1795522701093-supply.js';
import { AlertsAndRunways1795535023502 } from './1795535023502-alerts-and-runways.js';
import { AlertSigning1795536000001 } from './1795536000001-alert-signing.js';
import { ChartOfAccounts1795600000000 } from './1795600000000-chart-of-accounts.js';
import { Approvals1795610000001 } from './1795610000001-approvals.js';
import { LedgerBook1795610000002 } from './1795610000002-ledger-book.js';
import { CreditAndRisk1795620000001 } from './1795620000001-credit-and-risk.js';
import { Calendar1795630000000 } from './1795630000000-calendar.js';
import { Settlement1795630000001 } from './1795630000001-settlement.js';
import { Reconciliation1795640000000 } from './1795640000000-reconciliation.js';
import { LargeOrders1795650000000 } from './1795650000000-large-orders.js';
import { Replenishments1795660000000 } from './1795660000000-replenishments.js';
import { Peaks1795660100000 } from './1795660100000-peaks.js';
import { CostFloor1795660200000 } from './1795660200000-cost-floor.js';
import { PeakLineLabel1795660300000 } from './1795660300000-peak-line-label.js';
import { Compensation1795670000001 } from './1795670000001-compensation.js';
import { BreakerReset1795680000001 } from './1795680000001-breaker-reset.js';
import { Exports1795687000001 } from './1795687000001-exports.js';
import { HeldInPart1795686000001 } from './1795686000001-held-in-part.js';
import { SavedViews1795685000001 } from './1795685000001-saved-views.js';
import { LinesOfSeveralEntries1795690000001 } from './1795690000001-lines-of-several-entries.js';
import { MoneyDueAlerts1795690000002 } from './1795690000002-money-due-alerts.js';
import { Licences1795730000001 } from './1795730000001-licences.js';
import { Complaints1795700000001 } from './1795700000001-complaints.js';
import { ComplaintMessageNumbers1795700000002 } from './1795700000002-complaint-message-numbers.js';
import { SecondFactor1795800000001 } from './1795800000001-second-factor.js';
import { Incidents1795720000001 } from './1795720000001-incidents.js';

/** Oldest first; a landed migration is never edited. */
export const migrations = [
  FirstSchema1795488644392,
  Supply1795522701093,
  AlertsAndRunways1795535023502,
  AlertSigning1795536000001,
  ChartOfAccounts1795600000000,
  Approvals1795610000001,
  LedgerBook1795610000002,
  CreditAndRisk1795620000001,
  Calendar1795630000000,
  Settlement1795630000001,
  Reconciliation1795640000000,
  LargeOrders1795650000000,
  Replenishments1795660000000,
  Peaks1795660100000,
  CostFloor1795660200000,
  PeakLineLabel1795660300000,
  Compensation1795670000001,
  BreakerReset1795680000001,
  SavedViews1795685000001,
  HeldInPart1795686000001,
  Exports1795687000001,
  LinesOfSeveralEntries1795690000001,
  MoneyDueAlerts1795690000002,
  Complaints1795700000001,
  ComplaintMessageNumbers1795700000002,
  Incidents1795720000001,
  Licences1795730000001,
  SecondFactor1795800000001,
] as const;
