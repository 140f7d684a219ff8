/** The flag of a start that opens no window. */
export const hiddenFlag = '--hidden';

/** Whether a window is wanted at the start: a start at login asks for none. macOS passes no flag, but knows it. */
export function wantsWindow(argv: readonly string[], atLogin: boolean): boolean {
  return !atLogin && !argv.includes(hiddenFlag);
}

/**
 * The file in `~/.config/autostart` by which a Linux desktop starts the app at login (freedesktop.org, Desktop
 * Application Autostart). `program` is the AppImage where there is one, else the installed program.
 */
export function autostartEntry(program: string): string {
  return `[Desktop Entry]
Type=Application
Name=Postern
Comment=SMS gateway for USB GSM modems
Exec=${quoted(program)} ${hiddenFlag}
Terminal=false
X-GNOME-Autostart-enabled=true
`;
}

/** An argument of Exec, by the Desktop Entry Specification: quoted, escaped in the quotes, then again as a string. */
function quoted(argument: string): string {
  const inQuotes = argument.replace(/["`$\\]/g, '\\$&');
  return `"${inQuotes.replaceAll('\\', '\\\\').replaceAll('%', '%%')}"`;
}
