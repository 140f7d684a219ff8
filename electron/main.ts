import { join } from 'node:path';
import {
  app,
  BaseWindow,
  ipcMain,
  Menu,
  nativeImage,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  shell,
  utilityProcess,
} from 'electron';
import type { Glance, PersonNotice } from '../src/contract/glance.ts';
import { thisMachine } from '../src/port-access/machine.ts';
import { PortAccess } from '../src/port-access/port-access.ts';
import { applicationMenu } from './app-menu.ts';
import { firstDelayMs } from './back-off.ts';
import { BackendProcess } from './backend-process.ts';
import { DeskPages, deskScheme } from './desk-pages.ts';
import { DesktopDesk } from './desktop-desk.ts';
import { SettingsFile } from './desktop-settings.ts';
import { answerRequests, notify } from './ipc.ts';
import { wantsWindow } from './login-item.ts';
import { hasWork } from './outlook.ts';
import { Notices } from './notices.ts';
import { outliveTerminal, passOn } from './output.ts';
import { noticeWords, Unseen } from './person-notices.ts';
import { followPower, Wakefulness } from './power.ts';
import { followSessionEnd } from './session-end.ts';
import { systemTiming } from './timing.ts';
import { TrayIcon } from './tray.ts';
import { Window } from './window.ts';

outliveTerminal([process.stdout, process.stderr]);
app.enableSandbox();
app.setAppUserModelId('net.postern.desktop');
protocol.registerSchemesAsPrivileged([
  { scheme: deskScheme, privileges: { standard: true, secure: true, supportFetchAPI: false } },
]);
if (app.requestSingleInstanceLock()) void app.whenReady().then(run);
else app.quit();

/** The desktop app: the gateway in a process of its own, a window on it, a sign in the tray. */
function run(): void {
  const settings = new SettingsFile(join(app.getPath('userData'), 'desktop.json'));
  const wakefulness = new Wakefulness(powerSaveBlocker);
  const unseen = new Unseen(showBadge);
  const notices = new Notices(open);
  const access = new PortAccess(thisMachine());
  let glance: Glance | undefined;
  let isQuitting = false;

  const backend = new BackendProcess({
    fork: forkBackend,
    timing: systemTiming,
    settings: () => desk.backendSettings(),
    onState: (state) => {
      glance = undefined;
      if (window.contents) notify(window.contents, 'backend:changed', state);
      if (window.isOpen && !window.showsGateway) window.openStatus();
      if (!window.isOpen && state.kind === 'waiting' && state.retryInMs === firstDelayMs)
        notices.show('Postern stopped', `${state.reason ?? 'It ended.'} It will be started again.`);
      showState();
    },
    // an open page finds the gateway again by itself, and keeps what was being typed
    onReady: (address, link) => {
      if (window.isOpen && !(window.showsGateway && window.isOwn(address))) window.open(link);
    },
    onLink: (link) => window.open(link),
    onGlance: (seen) => {
      glance = seen;
      showState();
    },
    onNotice: tell,
  });
  const window = new Window({
    place: () => settings.all.window,
    onPlace: (place) => settings.change({ window: place }),
    onFocus: () => unseen.seen(),
    onLost: () => (backend.state.kind === 'running' ? backend.requestLink() : window.openStatus()),
    onClosed: () => {
      if (isQuitting) return;
      if (settings.all.keepRunning) tellOfTray();
      else app.quit();
    },
  });
  const desk = new DesktopDesk(settings, backend);
  const tray = new TrayIcon({
    open,
    restart: () => backend.restartNow(),
    pause: (paused) => backend.pauseSending(paused),
    settings: () => window.openSettings(),
    quit: () => app.quit(),
  });

  /** What a second start brings along, and what a link says, is never looked at. */
  function open(): void {
    if (!window.showsGateway && backend.state.kind === 'running') backend.requestLink();
    else if (!window.showsGateway) window.openStatus();
    window.show();
  }

  function showState(): void {
    tray.show(backend.state, glance);
    wakefulness.update(hasWork(backend.state, glance));
  }

  function tell(notice: PersonNotice): void {
    if (window.isFocused) return;
    if (notice.kind === 'received') unseen.add();
    const { title, body } = noticeWords(notice);
    if (settings.all.notifications) notices.show(title, body);
  }

  function tellOfTray(): void {
    if (settings.all.toldOfTray) return;
    settings.change({ toldOfTray: true });
    notices.show(
      'Postern goes on in the tray',
      'Texts are still sent and received. Start Postern again to open its window; "Quit" in the tray ends it.',
    );
  }

  function showBadge(count: number): void {
    app.setBadgeCount(count);
    const picture =
      count === 0 ? null : nativeImage.createFromPath(join(app.getAppPath(), 'build/tray/unseen.png'));
    window.showUnseen(picture, count === 1 ? '1 new text' : `${count} new texts`);
  }

  window.guard(new DeskPages(desk));
  answerRequests(ipcMain, (address) => window.isOwn(address), {
    'backend:state': () => backend.state,
    'backend:restart': () => void backend.restartNow(),
    'settings:open': () => void window.openSettings(),
    'access:give': () => access.give(),
  });
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      applicationMenu(process.platform, {
        open,
        close: () => window.close(),
        settings: () => window.openSettings(),
        page: (path) => window.goTo(path),
        dataFolder: () => void shell.openPath(desk.dataDir),
        quit: () => app.quit(),
      }),
    ),
  );
  app.on('child-process-gone', (_event, details) => {
    if (details.type === 'Utility') backend.gone(details.name, details.reason, details.exitCode);
  });
  app.on('open-url', (event) => event.preventDefault());
  app.on('second-instance', (_event, argv) => {
    if (wantsWindow(argv, false)) open(); // one at login asks for no window, whichever came first
  });
  app.on('activate', open);
  app.on('window-all-closed', () => undefined); // the gateway goes on in the tray
  followPower(powerMonitor, backend, () => app.quit());
  if (process.platform === 'win32')
    followSessionEnd(new BaseWindow({ title: 'Postern', show: false, skipTaskbar: true }), backend);
  quitInOrder(backend, () => {
    isQuitting = true;
  });
  backend.start();
  if (wantsWindow(process.argv, startedAtLogin())) window.openStatus();
}

/** Only macOS knows; the others pass the flag that was asked for. */
function startedAtLogin(): boolean {
  return process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
}

function forkBackend(serviceName: string): Electron.UtilityProcess {
  const backend = utilityProcess.fork(join(import.meta.dirname, 'backend.js'), [], {
    serviceName,
    stdio: 'pipe',
  });
  passOn(backend.stdout, process.stdout);
  passOn(backend.stderr, process.stderr);
  return backend;
}

/** Quitting waits until the gateway has finished what it is at, and closed its ports and database. */
function quitInOrder(backend: BackendProcess, begun: () => void): void {
  let stopped = false;
  app.on('before-quit', (event) => {
    begun();
    if (stopped) return;
    event.preventDefault();
    void backend.stop().then(() => {
      stopped = true;
      app.quit();
    });
  });
}
