import type { DesktopApp } from './desktop-app.ts';

/** Fills in a form of the app's own pages and sends it, in the window that shows the page. */
export async function submit(
  app: DesktopApp,
  action: string,
  page: '/settings' | '/status' = '/settings',
  fields: Record<string, string> = {},
): Promise<void> {
  if (page === '/settings')
    await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.choose('Desktop settings…'));
  await app.until(
    async ({ BrowserWindow }, form) => {
      const contents = BrowserWindow.getAllWindows().find(({ webContents }) =>
        webContents.getURL().startsWith('postern-desktop:'),
      )?.webContents;
      const token = /name="token" value="(\w+)"/.exec(contents?.page?.body ?? '')?.[1];
      if (!contents || !token) return false;
      const body = new URLSearchParams({ ...form.fields, token }).toString();
      return contents.goes(`postern-desktop://app${form.action}`, { method: 'POST', body });
    },
    { action, fields },
  );
}
