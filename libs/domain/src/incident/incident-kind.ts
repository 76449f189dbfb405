import type { Moves } from '../shared/transitions.js';

/** How far an incident has come. */
export const INCIDENT_STATUSES = [
  'investigating',
  'identified',
  'watching',
  'fixed',
  'postmortem',
] as const;
export type IncidentStatus = (typeof INCIDENT_STATUSES)[number];

/** What was thought to be fixed may begin again; with its postmortem an incident is closed. */
export const INCIDENT_MOVES = {
  investigating: ['identified', 'watching', 'fixed'],
  identified: ['investigating', 'watching', 'fixed'],
  watching: ['investigating', 'identified', 'fixed'],
  fixed: ['investigating', 'postmortem'],
  postmortem: [],
} as const satisfies Moves<IncidentStatus>;

/** Something is still wrong. */
export const OPEN_INCIDENTS_SQL = `('investigating', 'identified', 'watching')`;

export const isIncidentOpen = (status: IncidentStatus): boolean =>
  status !== 'fixed' && status !== 'postmortem';

export const INCIDENT_SEVERITIES = ['critical', 'major', 'minor', 'maintenance'] as const;
export type IncidentSeverity = (typeof INCIDENT_SEVERITIES)[number];

/** Who may read it: everybody, platforms that are signed in, or staff only. */
export const INCIDENT_VISIBILITIES = ['public', 'reseller', 'internal'] as const;
export type IncidentVisibility = (typeof INCIDENT_VISIBILITIES)[number];

export const COMPONENT_KINDS = ['product-line', 'upstream', 'platform-api'] as const;
export type ComponentKind = (typeof COMPONENT_KINDS)[number];

/** What an incident does to a component, from the mildest on. */
export const COMPONENT_IMPACTS = ['maintenance', 'degraded', 'partial-outage', 'outage'] as const;
export type ComponentImpact = (typeof COMPONENT_IMPACTS)[number];

export const COMPONENT_STATES = ['operational', ...COMPONENT_IMPACTS] as const;
export type ComponentState = (typeof COMPONENT_STATES)[number];

/** What customers of an incident get: days of service, or money in part or in whole. */
export const INCIDENT_REMEDIES = ['service-days', 'credit', 'refund'] as const;
export type IncidentRemedy = (typeof INCIDENT_REMEDIES)[number];

export const INCIDENT_COMPENSATION_STATUSES = ['running', 'stopped', 'done'] as const;
export type IncidentCompensationStatus = (typeof INCIDENT_COMPENSATION_STATUSES)[number];

export const INCIDENT_LINE_STATUSES = ['pending', 'given', 'skipped'] as const;
export type IncidentLineStatus = (typeof INCIDENT_LINE_STATUSES)[number];

/** Why an affected order got nothing. */
export const INCIDENT_SKIP_REASONS = ['nothing-left', 'nothing-delivered', 'stopped'] as const;
export type IncidentSkipReason = (typeof INCIDENT_SKIP_REASONS)[number];

/** An open incident that says nothing for so long raises an alert. */
export const UPDATE_EVERY_MINUTES = 60;
