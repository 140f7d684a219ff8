import { join } from 'node:path';
import { app, dialog, ipcMain, powerMonitor, powerSaveBlocker, utilityProcess } from 'electron';
import { BackendProcess, type BackendState } from './backend-process.ts';
import { answerRequests, notify } from './ipc.ts';
import { followPower } from './power.ts';
import { systemTiming } from './timing.ts';
import { TrayIcon } from './tray.ts';
import { Window } from './window.ts';

const serviceName = 'Postern gateway';

app.enableSandbox();
if (app.requestSingleInstanceLock()) void app.whenReady().then(run);
else app.quit();

/** The desktop app: the gateway in a process of its own, a window on it, a sign in the tray. */
function run(): void {
  const window = new Window();
  const backend = new BackendProcess({
    fork: forkBackend,
    timing: systemTiming,
    settings: { version: app.getVersion() },
    onState: (state) => show(state),
    // an open page finds the gateway again by itself, and keeps what was being typed
    onReady: (address, link) => (window.isOpen && window.isOwn(address) ? undefined : window.open(link)),
    onLink: (link) => window.open(link),
  });
  const open = () => (window.isOpen ? window.show() : backend.requestLink());
  const tray = new TrayIcon({ open, restart: () => backend.restartNow(), quit: () => app.quit() });
  const show = (state: BackendState) => {
    tray.show(state);
    if (window.contents) notify(window.contents, 'backend:changed', state);
    else explainFailure(state);
  };

  window.guard();
  answerRequests(ipcMain, (address) => window.isOwn(address), {
    'backend:state': () => backend.state,
    'backend:restart': () => void backend.restartNow(),
  });
  app.on('child-process-gone', (_event, details) => {
    if (details.type === 'Utility' && details.name === serviceName)
      backend.gone(details.reason, details.exitCode);
  });
  // what a link or a second start brings along is never looked at: Postern opens no addresses for others
  app.on('open-url', (event) => event.preventDefault());
  app.on('second-instance', open);
  app.on('activate', open);
  app.on('window-all-closed', () => undefined); // the gateway goes on in the tray
  followPower(powerMonitor, powerSaveBlocker, backend);
  quitInOrder(backend);
  backend.start();
}

function forkBackend(): Electron.UtilityProcess {
  const backend = utilityProcess.fork(join(import.meta.dirname, 'backend.js'), [], {
    serviceName,
    stdio: 'pipe',
  });
  backend.stdout?.pipe(process.stdout, { end: false });
  backend.stderr?.pipe(process.stderr, { end: false });
  return backend;
}

/** With no window there is nowhere else to say it; once, not at every try. */
let explained = false;
function explainFailure(state: BackendState): void {
  if (state.kind !== 'waiting' || explained) return;
  explained = true;
  dialog.showErrorBox(
    'Postern could not be started',
    `${state.reason ?? 'It ended.'}\n\nIt will be tried again.`,
  );
}

/** Quitting waits until the gateway has finished what it is at, and closed its ports and database. */
function quitInOrder(backend: BackendProcess): void {
  let stopped = false;
  app.on('before-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    void backend.stop().then(() => {
      stopped = true;
      app.quit();
    });
  });
}
