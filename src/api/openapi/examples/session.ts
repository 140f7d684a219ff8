import type { PasswordView, SessionView, Setup, SignInLink } from '../../../contract/session.ts';

export const sessionExample: SessionView = {
  kind: 'key',
  id: 'k3Jd82hsLq0P',
  name: 'till',
  role: null,
  scopes: ['sms:send', 'sms:read'],
  expires_at: null,
  gateway_version: '1.0.0',
};

export const personExample: SessionView = {
  ...sessionExample,
  kind: 'session',
  id: 'Zt5bXk20aPq1',
  name: null,
  role: 'reader',
  scopes: ['sms:read'],
  expires_at: '2026-06-15T13:30:06Z',
};

export const setupExample: Setup = {
  first_run: false,
  password_roles: ['administrator'],
  gateway_version: '1.0.0',
};

export const signInLinkExample: SignInLink = {
  path: '/session?token=Yw5c2mTq8VbR',
  role: 'reader',
  expires_at: '2026-06-08T13:45:06Z',
};

export const passwordExample: PasswordView = {
  role: 'reader',
  is_set: true,
  changed_at: '2026-06-08T13:30:06Z',
};
