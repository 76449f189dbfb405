import { mayStaff, PERMISSIONS, STAFF_ROLES } from './permission.js';

describe('what staff may do', () => {
  it('lets the owner do everything', () => {
    expect(PERMISSIONS.filter((permission) => !mayStaff('owner', permission))).toEqual([]);
  });

  it('lets the auditor read everything and change nothing', () => {
    for (const permission of PERMISSIONS)
      expect(mayStaff('auditor', permission)).toBe(permission.endsWith('.read'));
  });

  it('lets nobody but the owner manage staff', () => {
    expect(STAFF_ROLES.filter((role) => mayStaff(role, 'staff.write'))).toEqual(['owner']);
  });

  it('keeps codes from those who have no work with them', () => {
    const revealing = STAFF_ROLES.filter((role) => mayStaff(role, 'card.reveal'));
    expect(revealing).toEqual(['owner', 'operator', 'service']);
  });

  it('keeps money from those who deliver', () => {
    const moving = STAFF_ROLES.filter((role) => mayStaff(role, 'money.write'));
    expect(moving).toEqual(['owner', 'finance']);
  });
});
