import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { DesktopApp, newHome } from './desktop-app.ts';

const root = join(import.meta.dirname, '../..');
const { publicKey, privateKey } = generateKeyPairSync('ed25519');

/** The app as an AppImage that was built with a key of its own, and an update beside its package. */
function appImage(signer: KeyObject) {
  const { home, forget } = newHome();
  const app = join(home, 'app');
  mkdirSync(join(app, 'build'), { recursive: true });
  symlinkSync(join(root, 'dist'), join(app, 'dist'));
  cpSync(join(root, 'package.json'), join(app, 'package.json'));
  cpSync(join(root, 'build/tray'), join(app, 'build/tray'), { recursive: true });
  writeFileSync(join(app, 'build/update-key.pem'), publicKey.export({ type: 'spki', format: 'pem' }));
  const image = join(home, 'Postern.AppImage');
  writeFileSync(image, 'the old one');

  const name = 'Postern-99.0.0-linux-x86_64.AppImage';
  const octets = Buffer.from('the new one');
  writeFileSync(join(home, name), octets);
  const sha512 = createHash('sha512').update(octets).digest('hex');
  const { platform, arch } = process;
  const manifest = JSON.stringify({
    product: 'postern',
    version: '99.0.0',
    packages: [{ name, size: octets.length, sha512, platform, arch, format: 'AppImage' }],
  });
  const signature = sign(null, Buffer.from(manifest), signer).toString('base64');
  const updateFile = join(home, 'Postern-99.0.0.update');
  writeFileSync(updateFile, JSON.stringify({ manifest, signature }));

  const running = new DesktopApp({ home, app, env: { APPIMAGE: image } });
  onTestFinished(async () => {
    running.kill();
    await running.ended;
    forget();
  });
  return { running, image, updateFile };
}

/** The person chooses the file on the settings page; what the page says then, where the app is still there. */
async function update(app: DesktopApp, file: string): Promise<void> {
  await app.showsGateway();
  await app.evaluate(({ dialog, Menu }, path) => {
    dialog.choices.push(path);
    Menu.getApplicationMenu()?.choose('Desktop settings…');
  }, file);
  await app.until(({ BrowserWindow }) => BrowserWindow.getAllWindows()[1]?.webContents.page !== undefined);
  await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[1]?.webContents;
    const token = /name="token" value="(\w+)"/.exec(contents?.page?.body ?? '')?.[1] ?? '';
    const body = new URLSearchParams({ token }).toString();
    void contents?.goes('postern-desktop://app/update', { method: 'POST', body });
  });
}

it('an update whose signature fits takes the place of the AppImage, after the gateway has stopped in order', async () => {
  const { running, image, updateFile } = appImage(privateKey);
  await update(running, updateFile);
  expect(await running.ended).toBe(0);
  expect(readFileSync(image, 'utf8')).toBe('the new one');
  expect(statSync(image).mode & 0o777).toBe(0o755);
});

it('an update of a stranger changes nothing, and the page says why', async () => {
  const { running, image, updateFile } = appImage(generateKeyPairSync('ed25519').privateKey);
  await update(running, updateFile);
  await running.until(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[1]?.webContents.page?.body.includes('The signature does not fit'),
  );
  expect(readFileSync(image, 'utf8')).toBe('the old one');
  expect(
    await running.evaluate(({ dialog, app }) => [dialog.messages.length, app.relaunched ?? false]),
  ).toEqual([0, false]);
});
