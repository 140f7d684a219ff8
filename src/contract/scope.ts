/** What a key or a session may be let do. */
export const scopes = ['sms:send', 'sms:read', 'webhooks', 'admin'] as const;
export type Scope = (typeof scopes)[number];

/** What a new key may do when nobody says. */
export const defaultScopes: readonly Scope[] = ['sms:send', 'sms:read'];

/** Whether somebody with the scopes `held` may do what needs `needed`; `admin` may do everything. */
export function covers(held: readonly Scope[], needed: Scope): boolean {
  return held.includes(needed) || held.includes('admin');
}
