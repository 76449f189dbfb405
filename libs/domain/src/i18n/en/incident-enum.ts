/** Checked against the Chinese source by `Messages`. */
export const incidentEnumTexts = {
  incidentStatus: {
    investigating: 'Investigating',
    identified: 'Identified',
    watching: 'Watching',
    fixed: 'Fixed',
    postmortem: 'Postmortem',
  },
  incidentSeverity: {
    critical: 'P0 critical',
    major: 'P1 major',
    minor: 'P2 minor',
    maintenance: 'Planned maintenance',
  },
  incidentVisibility: {
    public: 'Public',
    reseller: 'Platforms only',
    internal: 'Internal',
  },
  componentKind: {
    'product-line': 'Product line',
    upstream: 'Upstream',
    'platform-api': 'Platform API',
  },
  componentImpact: {
    maintenance: 'Under maintenance',
    degraded: 'Degraded',
    'partial-outage': 'Partial outage',
    outage: 'Outage',
  },
  componentState: {
    operational: 'Operational',
    maintenance: 'Under maintenance',
    degraded: 'Degraded',
    'partial-outage': 'Partial outage',
    outage: 'Outage',
  },
  incidentRemedy: {
    'service-days': 'Days of service',
    credit: 'Credit',
    refund: 'Refund',
  },
  incidentCompensationStatus: {
    running: 'Running',
    stopped: 'Stopped',
    done: 'Done',
  },
  incidentLineStatus: {
    pending: 'Waiting',
    given: 'Compensated',
    skipped: 'Not compensated',
  },
  incidentSkipReason: {
    'nothing-left': 'Nothing left to give for it',
    'nothing-delivered': 'Nothing was delivered',
    stopped: 'Compensation was stopped',
  },
} as const;
