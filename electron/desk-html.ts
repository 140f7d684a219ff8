import type { BackendState } from './backend-process.ts';
import type { DesktopSettings } from './desktop-settings.ts';

interface SettingsFacts {
  readonly settings: DesktopSettings;
  readonly version: string;
  readonly dataDir: string;
}

/** How the gateway stands, while it has no page to show. */
export function statusPage(state: BackendState, token: string, told: string): string {
  const [title, words] = statusWords(state);
  const actions =
    state.kind === 'waiting'
      ? button('/restart', 'Start now', token) +
        (/secrets/.test(state.reason ?? '')
          ? button('/forget-secrets', 'Forget the secrets here', token)
          : '')
      : '';
  return page(title, `${toldWords(told)}<h1>${escaped(title)}</h1>${words}<div class="row">${actions}</div>`);
}

function statusWords(state: BackendState): [string, string] {
  if (state.kind === 'starting') return ['Postern is starting', '<p>This takes a few seconds.</p>'];
  if (state.kind === 'running') return ['Postern is running', '<p>Its pages open in a moment.</p>'];
  if (state.kind === 'stopping')
    return ['Postern is stopping', '<p>It finishes the text in hand and closes its database.</p>'];
  const seconds = Math.ceil(state.retryInMs / 1_000);
  const times =
    state.crashes === 1 ? '' : ` This was the ${ordinal(state.crashes)} time since the app started.`;
  return [
    'Postern stopped',
    `<p class="reason">${escaped(state.reason ?? 'It ended without saying why.')}</p>` +
      `<p>It is started again ${seconds} second${seconds === 1 ? '' : 's'} after it ended.${times} No text is lost.</p>`,
  ];
}

/** The settings that belong to the desktop, and not to the gateway. */
export function settingsPage(
  { settings, version, dataDir }: SettingsFacts,
  token: string,
  told: string,
): string {
  return page(
    'Desktop settings',
    `${toldWords(told)}<h1>Desktop settings</h1>
<form method="post" action="/save">${hidden(token)}
  ${checkbox('start_at_login', 'Start at login, with no window', settings.startAtLogin)}
  ${checkbox('keep_running', 'Keep running in the tray when the window is closed', settings.keepRunning)}
  ${checkbox('notifications', 'Notify of texts that come in and of what needs attention', settings.notifications)}
  <label>Port <input name="port" inputmode="numeric" size="6" placeholder="8026" value="${settings.port ?? ''}"></label>
  <div class="row"><button>Save</button></div>
</form>
<h2>Data directory</h2>
<p class="path">${escaped(dataDir)}</p>
<p>Another folder is used as it is: nothing is copied there.</p>
<div class="row">${button('/choose-folder', 'Choose another folder…', token)}${
      settings.dataDir === undefined ? '' : button('/usual-folder', 'Use the usual folder', token)
    }</div>
<h2>Secrets</h2>
<p>PINs and passwords are sealed for you on this machine. Before the data directory moves to a gateway without a desktop,
or to another machine, hand it over: the key then lies in a file that only its user can read.</p>
<div class="row">${button('/hand-over', 'Hand over to a headless gateway', token)}</div>
<h2>Update</h2>
<p>This is Postern ${escaped(version)}. It fetches nothing: bring the file ending in .update together with the package
it was made for; its signature is checked.</p>
<div class="row">${button('/update', 'Update from a file…', token)}</div>`,
  );
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escaped(title)} · Postern</title>
<link rel="stylesheet" href="/style.css"></head><body><main>${body}</main></body></html>
`;
}

function button(action: string, label: string, token: string): string {
  return `<form method="post" action="${action}">${hidden(token)}<button>${label}</button></form>`;
}

function hidden(token: string): string {
  return `<input type="hidden" name="token" value="${token}">`;
}

function checkbox(name: string, label: string, on: boolean): string {
  return `<label><input type="checkbox" name="${name}"${on ? ' checked' : ''}> ${label}</label>`;
}

function toldWords(told: string): string {
  return told === '' ? '' : `<p class="told" role="status">${escaped(told)}</p>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function ordinal(count: number): string {
  const rule = new Intl.PluralRules('en', { type: 'ordinal' }).select(count);
  return `${count}${{ one: 'st', two: 'nd', few: 'rd', other: 'th', zero: 'th', many: 'th' }[rule]}`;
}

/** The colours and sizes of the gateway's own pages, light and dark as the system is. */
export const deskStyle = `
:root { color-scheme: light dark; --ground: #f7f8f8; --text: #1b2324; --quiet: #5a6667; --line: #d5dbdb; --accent: #0c6672; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #14191a; --text: #e6ebeb; --quiet: #9aa6a7; --line: #2d3637; --accent: #4fb3c0; }
}
body { margin: 0; background: var(--ground); color: var(--text); font: 13px/20px system-ui, sans-serif; }
main { max-width: 520px; margin: 0 auto; padding: 48px 24px; }
h1 { font-size: 20px; line-height: 28px; font-weight: 600; margin: 0 0 12px; }
h2 { font-size: 14px; font-weight: 600; margin: 32px 0 4px; }
p { margin: 0 0 12px; color: var(--quiet); }
.reason, .path { color: var(--text); overflow-wrap: anywhere; }
.told { padding: 8px 12px; border: 1px solid var(--line); border-radius: 6px; color: var(--text); }
label { display: block; margin: 8px 0; }
.row { display: flex; gap: 8px; flex-wrap: wrap; margin: 12px 0; }
input:not([type]), button { font: inherit; height: 32px; padding: 0 12px; border: 1px solid var(--line); border-radius: 6px;
  background: transparent; color: inherit; }
button { cursor: pointer; }
button:hover, :focus-visible { border-color: var(--accent); outline: 2px solid var(--accent); outline-offset: -1px; }
`;
