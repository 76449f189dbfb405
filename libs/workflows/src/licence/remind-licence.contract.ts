import { defineQuery, defineSignal } from '@temporalio/workflow';

export interface RemindLicence {
  readonly licenceId: string;
}

export interface RemindLicenceResult {
  /** `silent`: it is followed by another one, was revoked or given back. */
  readonly end: 'silent';
}

/** Something about the licence has changed, its ladders for example: its clocks are looked at now. */
export const licenceChanged = defineSignal('licenceChanged');

export interface LicenceClockState {
  readonly looks: number;
  readonly told: number;
  readonly nextAt: string | null;
}
export const licenceClock = defineQuery<LicenceClockState>('licenceClock');
