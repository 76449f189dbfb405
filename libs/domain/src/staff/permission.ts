export const STAFF_ROLES = [
  'owner',
  'operator',
  'service',
  'finance',
  'compliance',
  'ops',
  'auditor',
] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

export const STAFF_STATUSES = ['active', 'disabled'] as const;
export type StaffStatus = (typeof STAFF_STATUSES)[number];

/** What a person may do; each panel action and page asks for one of these. */
export const PERMISSIONS = [
  'order.read',
  'order.cancel',
  'order.retry',
  'callback.replay',
  'card.import',
  'card.reveal',
  'catalog.read',
  'catalog.write',
  'platform.read',
  'platform.write',
  'customer.read',
  'customer.write',
  'supply.read',
  'supply.write',
  'supply.decide',
  'money.read',
  'money.write',
  'money.approve',
  'risk.read',
  'risk.decide',
  'compensation.read',
  'compensation.write',
  'supply.approve',
  'licence.read',
  'licence.write',
  'licence.verify',
  'approval.read',
  'staff.read',
  'staff.write',
  'audit.read',
  'system.read',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const READ_ALL = PERMISSIONS.filter((permission) => permission.endsWith('.read'));

/** Default deny: what is not listed for a role is refused. */
export const ROLE_PERMISSIONS: Readonly<Record<StaffRole, readonly Permission[]>> = {
  owner: PERMISSIONS,
  operator: [
    'order.read',
    'order.cancel',
    'order.retry',
    'callback.replay',
    'card.import',
    'card.reveal',
    'catalog.read',
    'catalog.write',
    'platform.read',
    'platform.write',
    'customer.read',
    'customer.write',
    'supply.read',
    'supply.write',
    'supply.decide',
    'compensation.read',
    'compensation.write',
    'licence.read',
    'licence.write',
    'approval.read',
  ],
  service: [
    'order.read',
    'order.cancel',
    'callback.replay',
    'card.reveal',
    'catalog.read',
    'platform.read',
    'customer.read',
    'supply.read',
    'compensation.read',
    'compensation.write',
    'licence.read',
  ],
  finance: [
    'order.read',
    'catalog.read',
    'platform.read',
    'customer.read',
    'supply.read',
    'money.read',
    'money.write',
    'money.approve',
    'risk.read',
    'risk.decide',
    'compensation.read',
    'supply.approve',
    'approval.read',
  ],
  compliance: [
    'order.read',
    'catalog.read',
    'platform.read',
    'customer.read',
    'supply.read',
    'risk.read',
    'licence.read',
    'licence.write',
    'licence.verify',
    'approval.read',
    'audit.read',
  ],
  ops: [
    'order.read',
    'order.retry',
    'callback.replay',
    'catalog.read',
    'platform.read',
    'supply.read',
    'supply.decide',
    'system.read',
  ],
  auditor: READ_ALL,
};

/** Whether a role may do this. */
export function mayStaff(role: StaffRole, permission: Permission): boolean {
  return ROLE_PERMISSIONS[role].includes(permission);
}
