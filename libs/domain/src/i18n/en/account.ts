import type { Messages } from '../messages.js';

/** Texts of log-in, second factor, confirmation and sessions. */
export const secondFactorPage: Messages['page']['secondFactor'] = {
  title: 'Second factor',
  lead: 'Enter the 6 digits that your authenticator app shows.',
  code: 'Code',
  orRecovery: 'No phone at hand? A recovery code works, too. Each works once.',
  setupTitle: 'Turn on the second factor',
  setupLead: 'From then on a log-in needs your password and a code from your phone.',
  mustLead: 'Your role needs a second factor. Set it up to enter the panel.',
  stepApp:
    'Install an authenticator app on your phone, such as Microsoft Authenticator or Google Authenticator.',
  stepScan: 'Scan this picture with the app:',
  cannotScan: 'Cannot scan? Type the secret',
  stepCode: 'Enter the 6 digits that the app shows:',
  picture: 'QR code of the second factor',
  yourPassword: 'Your current password',
  codesTitle: 'Keep your recovery codes',
  codesLead:
    'The second factor is on. If you lose your phone, log in with one of these codes. Each works once.',
  codesHint:
    'They are shown this once. Print them or write them down, and keep them away from your phone.',
};

export const accountPage: Messages['page']['account'] = {
  title: 'My account',
  security: 'Log-in security',
  secondFactor: 'Second factor',
  isOn: 'On since {since}',
  isOff: 'Off: your password alone opens the panel.',
  isRequired: 'Your role needs it; it cannot be turned off.',
  codesLeft: 'Recovery codes left: {left}',
  codesFew: 'Few recovery codes are left: make new ones.',
  codesOnce: 'The new codes are shown this once. The old ones are worth nothing any more.',
  offHint: 'Afterwards the password alone is enough. The recovery codes end, too.',
  password: 'Password',
  newPassword: 'New password, at least 10 characters',
  repeatPassword: 'New password once more',
  passwordDiffers: 'The two passwords differ',
  passwordHint: 'Your log-ins on other devices end at once.',
  sessions: 'My log-ins',
  sessionsHint: 'A log-in ends after 30 minutes without a click, and after 12 hours in any case.',
  otherSessions: 'Log-ins of others',
  noOthers: 'Nobody else is logged in.',
  device: 'Device',
  address: 'IP address',
  loginAt: 'Logged in',
  lastSeenAt: 'Last seen',
  thisSession: 'This one',
  confirmTitle: 'Confirm that it is you',
  confirmHint:
    'This is about card codes, money or access. Enter your password, or a code of your authenticator app. It holds for 5 minutes.',
  proof: 'Password or code',
  endSessionsHint: 'All log-ins of this person end at once, on every device.',
  resetHint:
    'Only for who lost both phone and recovery codes. The old codes end at once. Make sure first that it is really them.',
};

export const conflictPage: Messages['page']['conflict'] = {
  title: 'Somebody else has just changed this record',
  lead: 'What you typed is not lost. Choose for each field which value shall stand, then save.',
  who: '{at}, {who}: {what}',
  same: 'What they changed is what you typed; you can save.',
  field: 'Field',
  before: 'When you opened it',
  theirs: 'Now, after their change',
  mine: 'Yours',
};

export const accountAction = {
  saveChosen: 'Save as chosen',
  secondFactorOn: 'Turn on second factor',
  secondFactorOff: 'Turn off second factor',
  secondFactorReset: 'Second factor reset',
  secondFactorRefused: 'Second factor refused',
  resetSecondFactor: 'Reset second factor',
  recoveryCodeUsed: 'Recovery code used',
  recoveryCodesRenewed: 'Recovery codes renewed',
  renewRecoveryCodes: 'New recovery codes',
  passwordChanged: 'Password changed',
  changePassword: 'Change password',
  confirmRefused: 'Confirmation refused',
  sessionsEnded: 'Log-ins ended',
  endSession: 'End',
  endSessions: 'End log-ins',
  endOtherSessions: 'End my other log-ins',
  otherAccount: 'Log in as somebody else',
  codesKept: 'I have kept them, enter the panel',
} as const;

export const accountNotice = {
  codeRefused: 'The code is wrong or was used already. Wait for a new one in the app.',
  sessionsEnded: 'The log-ins have ended',
  secondFactorReset: 'The second factor is reset; tell the person to set it up again',
  secondFactorIsOff: 'The second factor is off',
  passwordChanged: 'The password is changed; other devices are logged out',
} as const;
