/** How a licence stands with its clocks. */
export interface LicenceLook {
  /** Reminders that were written now. */
  readonly told: number;
  /** Null where no clock runs any more. */
  readonly waitMs: number | null;
}

export interface LicenceActivities {
  /** Tells whoever is to be told what is due and was not told yet. May run twice: a step is told once. */
  lookAtLicence(licence: { readonly licenceId: string }): Promise<LicenceLook>;
}
