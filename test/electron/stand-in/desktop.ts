/** What the desktop around the app was asked for, and what the person before it will answer. */
export const shell = {
  openedOutside: [] as string[],
  openedFiles: [] as string[],
  shownInFolder: [] as string[],
  async openExternal(url: string): Promise<void> {
    shell.openedOutside.push(url);
  },
  async openPath(path: string): Promise<string> {
    shell.openedFiles.push(path);
    return '';
  },
  showItemInFolder(path: string): void {
    shell.shownInFolder.push(path);
  },
};

export const dialog = {
  errors: [] as { readonly title: string; readonly content: string }[],
  messages: [] as Electron.MessageBoxOptions[],
  /** The paths that the person will choose, one an open dialog; nothing left: cancelled. */
  choices: [] as string[],
  /** The button that the person will press. */
  button: 0,
  showErrorBox(title: string, content: string): void {
    dialog.errors.push({ title, content });
  },
  async showMessageBox(
    ...values: [Electron.MessageBoxOptions] | [unknown, Electron.MessageBoxOptions]
  ): Promise<{ response: number; checkboxChecked: boolean }> {
    dialog.messages.push(values.at(-1) as Electron.MessageBoxOptions);
    return { response: dialog.button, checkboxChecked: false };
  },
  async showOpenDialog(): Promise<{ canceled: boolean; filePaths: string[] }> {
    const path = dialog.choices.shift();
    return { canceled: path === undefined, filePaths: path === undefined ? [] : [path] };
  },
};

const display = { id: 1, bounds: { x: 0, y: 0, width: 1920, height: 1080 } };
export const screen = {
  displays: [{ ...display, workArea: { x: 0, y: 0, width: 1920, height: 1040 } }],
  getAllDisplays: () => screen.displays,
  getPrimaryDisplay: () => screen.displays[0],
};
