import type { StaffRole } from '#domain';
import type { Language } from '#domain/i18n';

/** The person behind a request. */
export interface CurrentStaff {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: StaffRole;
  readonly language: Language;
  readonly hasSecondFactor: boolean;
}
