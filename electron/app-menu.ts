import type { MenuItemConstructorOptions } from 'electron';

export interface MenuActions {
  readonly open: () => void;
  readonly close: () => void;
  readonly settings: () => void;
  readonly page: (path: string) => void;
  readonly dataFolder: () => void;
  readonly quit: () => void;
}

/** The screens, in the order of the navigation, each with the digit that goes to it. */
const screens = [
  ['Overview', '/'],
  ['Messages', '/messages'],
  ['Conversations', '/conversations'],
  ['Compose', '/compose'],
  ['Modems', '/modems'],
  ['API keys', '/keys'],
  ['Webhooks', '/webhooks'],
  ['Settings', '/settings'],
] as const;

/** The menu of the window, on macOS of the app: with it come the shortcuts that people know. */
export function applicationMenu(
  platform: NodeJS.Platform,
  actions: MenuActions,
): MenuItemConstructorOptions[] {
  const settings: MenuItemConstructorOptions = {
    label: 'Desktop settings…',
    accelerator: 'CmdOrCtrl+,',
    click: actions.settings,
  };
  const quit: MenuItemConstructorOptions = {
    label: 'Quit Postern',
    accelerator: 'CmdOrCtrl+Q',
    click: actions.quit,
  };
  const close: MenuItemConstructorOptions = {
    label: 'Close window',
    accelerator: 'CmdOrCtrl+W',
    click: actions.close,
  };
  const ofApp: MenuItemConstructorOptions = {
    label: 'Postern',
    submenu: [
      { role: 'about' },
      { type: 'separator' },
      settings,
      { type: 'separator' },
      { role: 'services' },
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      { type: 'separator' },
      quit,
    ],
  };
  const ofFile: MenuItemConstructorOptions = {
    label: 'File',
    submenu: platform === 'darwin' ? [close] : [settings, close, { type: 'separator' }, quit],
  };
  return [
    ...(platform === 'darwin' ? [ofApp] : []),
    ofFile,
    { label: 'Edit', submenu: ['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll'].map(byRole) },
    {
      label: 'View',
      submenu: [
        ...screens.map(([label, path], index) => ({
          label,
          accelerator: `CmdOrCtrl+${index + 1}`,
          click: () => actions.page(path),
        })),
        { type: 'separator' },
        ...['reload', 'resetZoom', 'zoomIn', 'zoomOut', 'togglefullscreen'].map(byRole),
      ],
    },
    ...(platform === 'darwin' ? [{ role: 'windowMenu' as const }] : []),
    {
      label: 'Help',
      role: 'help',
      submenu: [
        { label: 'API reference', click: () => actions.page('/docs') },
        { label: 'Show the data folder', click: actions.dataFolder },
      ],
    },
  ];
}

function byRole(role: string): MenuItemConstructorOptions {
  return { role: role as NonNullable<MenuItemConstructorOptions['role']> };
}
