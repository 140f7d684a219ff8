/**
 * A small Electron for tests on machines where there is none: the parts of its API that the desktop app uses, with
 * their behaviour as documented, on plain Node.js. Windows load what they are told to over real HTTP, the utility
 * process is a real process, a second start finds the first through the file system.
 */
export { app } from './app.ts';
export { BaseWindow } from './base-window.ts';
export { BrowserWindow } from './browser-window.ts';
export { dialog, screen, shell } from './desktop.ts';
export { advance, waits } from './hands.ts';
export { ipcMain } from './ipc-main.ts';
export { Menu } from './menu.ts';
export { nativeImage, nativeTheme } from './native-image.ts';
export { Notification } from './notification.ts';
export { powerMonitor, powerSaveBlocker } from './power.ts';
export { safeStorage } from './safe-storage.ts';
export { protocol, session } from './session.ts';
export { Tray } from './tray.ts';
export { utilityProcess } from './utility-process.ts';
